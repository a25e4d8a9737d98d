"""The schema and the page to try it at."""

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from finpulse.kernel.api.parameters import KnownParameters


class SchemaView(KnownParameters, SpectacularAPIView):
    """The schema, as YAML or JSON."""

    query_parameters = ("lang", "version")


class DocsView(KnownParameters, SpectacularSwaggerView):
    """The page. Its renderer has none for what OPTIONS would tell."""

    query_parameters = ("lang", "version")
    url_name = "schema"
    http_method_names = ("get", "head")
