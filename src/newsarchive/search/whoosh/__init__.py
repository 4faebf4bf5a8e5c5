"""The default engine, on Whoosh. Nothing else imports whoosh."""
