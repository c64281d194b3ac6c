"""The product with one more address for the measurement: the plain floor, which only inserts the JSON it is sent."""

import json

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

INSERT = "insert into bench_raw (id, body) select (e->>'id')::uuid, e from jsonb_array_elements(%s::jsonb) e"


@csrf_exempt
def floor(request: HttpRequest) -> JsonResponse:
    """The envelopes of a signed-in person, inserted raw in one statement."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    envelopes = json.loads(request.body)["envelopes"]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [json.dumps(envelopes)])
    return JsonResponse({"v": 1, "receipts": [{"id": one["id"]} for one in envelopes]})


urlpatterns = [path("san/", floor), path("", include("hieuhoc.config.urls"))]
