"""GraphQL over HTTP; the only place that knows strawberry and starlette."""
