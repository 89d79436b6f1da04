"""How a page of JupyterLab hears from its kernel: at once.

A moved slider is answered by several small messages. A socket usually holds the second
one back until the first is confirmed, which the other side delays by up to 40 ms
(Nagle's algorithm meets delayed acknowledgments).
"""

from typing import Any

from jupyter_server.services.kernels.connection.channels import (
    ZMQChannelsWebsocketConnection,
)


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's own connection between page and kernel, without that delay."""

    def connect(self) -> Any:
        self.websocket_handler.set_nodelay(True)
        return super().connect()
