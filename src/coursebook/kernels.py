"""The cells of a page, run in a fresh kernel: this interpreter, one thread, none of the user's own settings."""

import ast
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from coursebook.outputs import unfit, without_frames

START_TIMEOUT = 120  # seconds: a loaded machine may take long
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
LOADED = """'\\n'.join(str(getattr(module, '__file__', '')) for module in list(__import__('sys').modules.values()))"""


class CellFailed(Exception):
    """Why a page has no results: the number of its code cell, from 0, and the reason."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(reason)
        self.number, self.reason = number, reason


class _ThisPython(KernelSpecManager):
    """The interpreter that builds, whatever kernel of the name python3 the machine has."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--HistoryManager.enabled=False"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


@dataclass(frozen=True)
class Kernel:
    """How the cells of a page run: the book's root, the page's folder, code run unseen before the first cell."""

    root: Path
    folder: Path
    first: str
    timeout: int
    scratch: Path

    async def run(self, cells: list[NotebookNode]) -> list[Path]:
        """Give each cell its outputs; the files of the modules that were loaded.

        Raises:  CellFailed at the first cell that fails, or whose outputs must not be shown
        """
        client = self._client(cells)
        async with self._started(client) as channel:
            await _unseen(channel, self.first)
            for number, cell in enumerate(cells):
                await self._run_cell(client, number, cell)
            return [Path(file) for file in ast.literal_eval(await _unseen(channel, "", LOADED)).splitlines()]

    def _client(self, cells: list[NotebookNode]) -> NotebookClient:
        manager = AsyncKernelManager(
            kernel_spec_manager=_ThisPython(),
            connection_file=str(self.scratch / "kernel.json"),
            transport="ipc" if os.name == "posix" else "tcp",  # a free port may be taken before the kernel opens it
        )
        return NotebookClient(
            new_notebook(cells=cells),
            km=manager,
            timeout=self.timeout,
            startup_timeout=START_TIMEOUT,
            coalesce_streams=True,
            record_timing=False,
            skip_cells_with_tag="",  # every cell runs
            resources={"metadata": {"path": str(self.folder)}},
        )

    @asynccontextmanager
    async def _started(self, client: NotebookClient) -> AsyncIterator[AsyncKernelClient]:
        manager = client.km
        try:
            await client.async_start_new_kernel(env=self._environment())
            yield await client.async_start_new_kernel_client()
        finally:
            if client.kc:
                client.kc.stop_channels()
            await manager.shutdown_kernel(now=True)

    def _environment(self) -> dict[str, str]:
        """Settings that make results the same on every run and for every user."""
        (self.scratch / "matplotlibrc").touch()
        path = filter(None, [str(self.root / "src"), os.environ.get("PYTHONPATH")])
        return {
            **os.environ,
            **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),  # one order of sums
            "IPYTHONDIR": str(self.scratch),
            "MATPLOTLIBRC": str(self.scratch),
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": os.pathsep.join(path),  # what runs is what the results are named after
            "PYTHONWARNINGS": "ignore:IProgress not found",  # tqdm, which pooch imports, asks for widgets in any kernel
            "TQDM_DISABLE": "1",  # a progress bar writes to stderr
        }

    async def _run_cell(self, client: NotebookClient, number: int, cell: NotebookNode) -> None:
        try:
            await client.async_execute_cell(cell, number, execution_count=number + 1)
        except CellExecutionError as error:
            raise CellFailed(number, f"{error.ename}: {error.evalue}\n{COLOURS.sub('', str(error))}") from None
        except CellTimeoutError:
            raise CellFailed(number, f"takes longer than {self.timeout} seconds") from None
        except DeadKernelError:
            raise CellFailed(number, "the kernel died: out of memory, or a crash in compiled code") from None
        if reason := unfit(cell, self.root):
            raise CellFailed(number, reason)
        without_frames(cell)


async def _unseen(channel: AsyncKernelClient, code: str, expression: str = "None") -> str:
    """Run code that leaves no trace in the notebook; the value of the expression, as text.

    Raises:  CellFailed of the first cell, before which it runs
    """
    reply = await channel.execute_interactive(
        code, silent=True, user_expressions={"value": expression}, allow_stdin=False, output_hook=lambda message: None
    )
    content = reply["content"]
    if content["status"] == "error":
        raise CellFailed(0, f"{code}: {content['ename']}: {content['evalue']}")
    return content["user_expressions"]["value"]["data"]["text/plain"]
