"""An office on this machine: answers in the form of the OPS reference guide 3.2, made up by us."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_MEMBER = """  <ops:family-member family-id="77000001">
   <publication-reference><document-id document-id-type="docdb"><country>{country}</country>
    <doc-number>{number}</doc-number><kind>{kind}</kind><date>{day}</date></document-id>
   </publication-reference>
   <exchange-document system="ops.epo.org" family-id="77000001" country="{country}"
     doc-number="{number}" kind="{kind}">
    <bibliographic-data>
     <publication-reference><document-id document-id-type="docdb"><country>{country}</country>
      <doc-number>{number}</doc-number><kind>{kind}</kind><date>{day}</date></document-id>
     </publication-reference>
     <application-reference>
      <document-id document-id-type="docdb"><country>{country}</country>
       <doc-number>{filed}</doc-number><kind>A</kind><date>{filed_on}</date></document-id>
     </application-reference>
     <priority-claims><priority-claim sequence="1" kind="national">
      <document-id document-id-type="docdb"><country>CN</country>
       <doc-number>202010123456</doc-number><kind>A</kind><date>20200224</date></document-id>
     </priority-claim></priority-claims>
     <parties><applicants><applicant sequence="1" data-format="original"><applicant-name>
       <name>Quicksilver Circuits Ltd</name></applicant-name></applicant></applicants>
      <inventors><inventor sequence="1" data-format="original"><inventor-name>
       <name>ZHANG, San</name></inventor-name></inventor></inventors></parties>
     <invention-title lang="en">PRINTABLE LIQUID-METAL INK</invention-title>
    </bibliographic-data>
   </exchange-document>
  </ops:family-member>
"""
_MEMBERS = (
    ("EP", "4000001", "A1", "20220525", "21700123", "20210222"),
    ("CN", "113300001", "A", "20210827", "202010123456", "20200224"),
)
FAMILY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org">\n'
    ' <ops:patent-family legal="false" total-result-count="2">\n'
    + "".join(
        _MEMBER.format(country=c, number=n, kind=k, day=d, filed=f, filed_on=o)
        for c, n, k, d, f, o in _MEMBERS
    )
    + " </ops:patent-family>\n</ops:world-patent-data>\n"
)
_PACE = (
    "idle (images=green:200, inpadoc=green:60, other=green:1000, retrieval=green:200, "
    "search=green:30)"
)
KEY, SECRET = "a-key", "a-secret"


class _Office(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self.headers.get("Authorization", "").startswith("Basic YS1rZXk6YS1zZWNyZXQ"):
            self._answer(401, "application/json", b"{}")
            return
        words = json.dumps({"access_token": "pass", "expires_in": "1199"})
        self._answer(200, "application/json", words.encode())

    def do_GET(self) -> None:
        if "9999999" in self.path:
            self._answer(404, "application/xml", b"<fault/>")
        elif self.headers.get("Authorization") != "Bearer pass":
            self._answer(403, "application/xml", b"<fault/>")
        else:
            self._answer(200, "application/xml", FAMILY.encode())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Throttling-Control", _PACE)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return None


@contextmanager
def office() -> Iterator[str]:
    """The address of an office that answers on this machine only."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Office)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
