"""Where each room hangs. Addresses are Vietnamese words without marks, as people read them aloud."""

from django.urls import include, path

ROOMS = [
    ("", "portal.urls"),
    ("", "web.urls"),
    ("tai-khoan/", "accounts.urls"),
    ("tai-khoan/", "accounts.allauth_urls"),
    ("dia-ban/", "web.places.urls"),
    ("so-dang-ky/", "registry.urls"),
    ("nhap-bang-tinh/", "intake.urls"),
    ("bo-tieu-chi/", "criteria.urls"),
    ("dot-xet/", "rounds.urls"),
    ("ho-so/", "dossiers.urls"),
    ("cong-nhan/", "recognition.urls"),
    ("tu-danh-gia/", "selfassessment.urls"),
    ("so-lieu/", "figures.urls"),
    ("ke-hoach/", "plans.urls"),
    ("viec/", "jobs.urls"),
    ("thuc-dia/", "field.urls"),
    ("nhat-ky/", "web.history.urls"),
]

urlpatterns = [path(at, include(f"hieuhoc.{module}")) for at, module in ROOMS]
