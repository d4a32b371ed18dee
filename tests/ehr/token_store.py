"""A store that speaks as much of the Redis protocol (RESP) as the service asks for, on loopback."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Store(socketserver.ThreadingTCPServer):
    """``held`` maps keys to the seconds they were given; ``heard`` lists commands; ``broken`` ends each connection."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.held: dict[bytes, int] = {}
        self.heard: list[list[bytes]] = []
        self.broken = False
        self.one_at_a_time = threading.Lock()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.server_address[1]}/0"

    def answer(self, command: list[bytes]) -> bytes:
        with self.one_at_a_time:
            self.heard.append(command)
            match command:
                case [b"SET", key, _, *options]:
                    options = [each.upper() for each in options]
                    if b"NX" in options and key in self.held:
                        return b"$-1\r\n"
                    self.held[key] = int(options[options.index(b"EX") + 1])
                    return b"+OK\r\n"
                case [b"CLIENT" | b"SELECT", *_]:
                    return b"+OK\r\n"
        return b"-ERR unknown command\r\n"


class _Line(socketserver.StreamRequestHandler):
    server: Store

    def handle(self) -> None:
        while (head := self.rfile.readline()) and not self.server.broken:
            command = []
            for _ in range(int(head[1:])):
                size = int(self.rfile.readline()[1:])
                command.append(self.rfile.read(size + 2)[:-2])
            self.wfile.write(self.server.answer([command[0].upper(), *command[1:]]))


@contextmanager
def storing() -> Iterator[Store]:
    with Store() as store:
        thread = threading.Thread(target=store.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield store
        finally:
            store.shutdown()
            thread.join()
