"""The routes of /api/v1/: what the apps register, nothing else."""

from rest_framework.routers import SimpleRouter

from finpulse.kernel.registries import api_routes

router = SimpleRouter(use_regex_path=False)
for name, viewset in api_routes.items():
    router.register(name, viewset, basename=name)
urlpatterns = router.urls
