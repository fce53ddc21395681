"""A virus scanner that speaks clamd's protocol on a real socket, and finds what a test wants it to find."""

import contextlib
import socketserver
import struct
import threading

EICAR = "stream: Eicar-Test-Signature FOUND"
CLEAN = "stream: OK"


class OneScan(socketserver.StreamRequestHandler):
    def handle(self):
        said = self.rfile.readline()
        assert said == b"nINSTREAM\n"
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.scanned.append(content)
        if self.server.answer is not None:
            self.wfile.write(f"{self.server.answer}\n".encode())
        else:
            # Hangs, until whoever asked has gone away.
            self.rfile.read(1)


@contextlib.contextmanager
def clamd(answer, path=None):
    """Yields the server: `address` for CLAMD_URL, `answer` to every scan (None hangs), `scanned` contents."""
    kind = socketserver.ThreadingUnixStreamServer if path else socketserver.ThreadingTCPServer
    server = kind(str(path) if path else ("127.0.0.1", 0), OneScan)
    server.daemon_threads = True
    server.answer, server.scanned = answer, []
    server.address = f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
