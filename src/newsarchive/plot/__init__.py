"""Pictures of counts: SVG by hand, PNG by matplotlib where that is installed."""
