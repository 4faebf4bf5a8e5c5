"""URLs: what makes two of them the same article. Pure functions."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, unquote_plus, urljoin, urlsplit

# Parameters that say where a reader came from, and never which article it is.
# Only such names: dropping a parameter that selects the article would merge two.
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "at_custom", "at_campaign", "at_medium", "hsa_", "vero_")
_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid "
    "_ga _gl _hsenc _hsmi mkt_tok oly_anon_id oly_enc_id wickedid s_cid cmpid ns_campaign ns_mchannel "
    "ns_source ns_linkname wt_mc wtmc xtor guccounter guce_referrer guce_referrer_sig ref_src ref_url "
    "smid partner_share __twitter_impression".split()
)
_DEFAULT_PORT = {"http": 80, "https": 443}
# Reserved characters keep their meaning, and an existing escape stays one escape (RFC 3986, 2.2 and 2.4).
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_ESCAPE = re.compile("%[0-9a-fA-F]{2}")
MAX_URL = 8_000


def normalize(url: str) -> str | None:
    """Give the form of an http(s) URL that identifies an article, or None if it is no such URL.

    Lower-cases scheme and host, writes the host in ASCII, drops the default
    port, user name, fragment and known tracking parameters, resolves dot
    segments, and upper-cases escapes. Path case, trailing slash and the order
    of parameters are kept: sites use them to tell pages apart. Normalising
    twice changes nothing.
    Source: RFC 3986, section 6.2.2 and 6.2.3.
    """
    parts = _split(url)
    if parts is None or parts.hostname is None:
        return None
    scheme = parts.scheme.lower()
    host = _ascii_host(parts.hostname)
    if scheme not in _DEFAULT_PORT or not host:
        return None
    try:
        port = parts.port
    except ValueError:
        return None
    netloc = host if port in (None, _DEFAULT_PORT[scheme]) else f"{host}:{port}"
    path = _escaped(_resolve_dots(parts.path or "/"))
    query = _escaped(_without_tracking(parts.query))
    return f"{scheme}://{netloc}{path}" + (f"?{query}" if query else "")


def host(url: str | None) -> str | None:
    """The host of a URL in lower case without ``www.``, or None."""
    parts = _split(url) if url else None
    if parts is None or not parts.hostname:
        return None
    return parts.hostname.removeprefix("www.") or None


def resolve(url: str, *, base: str | None) -> str | None:
    """Make a URL of a page absolute and normal; None where that gives no http(s) URL."""
    try:
        return normalize(urljoin(base, url.strip()) if base else url)
    except ValueError:
        return None


def is_site_root(url: str) -> bool:
    """Whether a URL names a site's front page rather than an article."""
    parts = _split(url)
    return parts is not None and parts.path in ("", "/") and not parts.query


def _split(url: str) -> SplitResult | None:
    if len(url) > MAX_URL:
        return None
    try:
        url.encode()  # half a surrogate pair is no character: ValueError
        return urlsplit(url.strip())
    except ValueError:
        return None


def _ascii_host(hostname: str) -> str | None:
    try:
        ascii_host = hostname.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    if ":" in ascii_host:
        return f"[{ascii_host}]" if re.fullmatch(r"[0-9a-f:.]+", ascii_host) else None
    return ascii_host if re.fullmatch(r"[a-z0-9._-]+", ascii_host) else None


def _resolve_dots(path: str) -> str:
    output: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            if output:
                output.pop()
        elif segment != ".":
            output.append(segment)
    if path.endswith(("/.", "/..")):
        output.append("")
    return "/" + "/".join(output)


def _without_tracking(query: str) -> str:
    # As text: parsing and writing again would change what no parser round-trips (%E9, a=b;c, "+").
    pairs = query.split("&")
    return "&".join(pair for pair in pairs if not _is_tracking(unquote_plus(pair.partition("=")[0])))


def _escaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: match[0].upper(), quote(text, safe=_SAFE))


def _is_tracking(name: str) -> bool:
    lower = name.lower()
    return lower in _TRACKING or lower.startswith(_TRACKING_PREFIXES)
