"""The cells of a page, run in a fresh kernel: this interpreter, one thread, none of the user's own settings."""

import ast
import itertools
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from coursebook.cells.nursery import POSSIBLE, ForkedKernel, Nursery
from coursebook.cells.outputs import excess, joined, unfit, without_frames

MEMORY = 4 << 30  # bytes for the data of one page
START_TIMEOUT = 120  # seconds: a loaded machine may take long
OUT_OF_MEMORY = "needs more memory than the {:,} MB that a page may have; compute in smaller pieces"
TOLD = 10_000  # characters of an error
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
LIMIT = "__import__('resource').setrlimit(__import__('resource').RLIMIT_DATA, ({bytes}, {bytes}))"
FILES = """'\\n'.join(str(getattr(module, '__file__', '')) for module in list(__import__('sys').modules.values()))"""


class CellFailed(Exception):
    """Why a page has no results: the number of its code cell, from 0, and the reason."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(reason)
        self.number, self.reason = number, reason


class _Client(NotebookClient):
    """Runs cells until one gives more than a page can show: `too_much` says why it was stopped then."""

    too_much: str | None = None
    _printed = _shown = 0

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        data = msg["content"].get("data", {})
        self._printed += len(msg["content"].get("text", "")) + len(data.get("text/plain", ""))
        self._shown += sum(len(shown) for shown in data.values() if isinstance(shown, str))
        self.too_much = self.too_much or excess(self._printed, self._shown)
        if self.too_much and self.task_poll_for_reply:
            self.task_poll_for_reply.cancel()  # as when the kernel has died
            return None
        return super().process_message(msg, cell, cell_index)

    async def async_execute_cell(self, *given: Any, **settings: Any) -> NotebookNode:
        self._printed = self._shown = 0
        return await super().async_execute_cell(*given, **settings)


class _ThisPython(KernelSpecManager):
    """The interpreter that builds, whatever kernel of the name python3 the machine has."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--HistoryManager.enabled=False"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


class Kernels:
    """The kernels of one build of the book at `root`: one for each page, with the same settings.

    `pages` says of each which modules it imports. Where there are several, and it can be done, their kernels are forks
    of one process, which has loaded what more than one of them imports. `timeout` is in seconds, for a cell.
    """

    def __init__(self, root: Path, timeout: int, pages: Iterable[Iterable[str]]) -> None:
        self.root, self.timeout = root, timeout
        self._files = tempfile.TemporaryDirectory(prefix="coursebook-")
        self._folder, self._numbers = Path(self._files.name), itertools.count()
        self._environment = self._settings()
        packages = [{module.partition(".")[0] for module in modules} for modules in pages]
        shared = {name for name, count in Counter(itertools.chain(*packages)).items() if count > 1}
        self._nursery = Nursery(self._environment, shared) if POSSIBLE and len(packages) > 1 else None

    def close(self) -> None:
        """Leave nothing behind; every kernel has ended by now."""
        if self._nursery:
            self._nursery.close()
        self._files.cleanup()

    def _settings(self) -> dict[str, str]:
        """An environment that makes results the same on every run and for every user."""
        (self._folder / "matplotlibrc").touch()
        path = filter(None, [str(self.root / "src"), os.environ.get("PYTHONPATH")])
        return {
            **os.environ,
            **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),  # one order of sums
            "IPYTHONDIR": str(self._folder),
            "MATPLOTLIBRC": str(self._folder),
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": os.pathsep.join(path),  # what runs is what the results are named after
            "SYMPY_CACHE_SIZE": "100000",  # results that SymPy remembers: a page asks for more than its usual 1,000
            "PYTHONWARNINGS": "ignore:IProgress not found",  # tqdm, which pooch imports, asks for widgets in any kernel
            "TQDM_DISABLE": "1",  # a progress bar writes to stderr
        }

    async def run(self, cells: list[NotebookNode], folder: Path, first: str) -> list[Path]:
        """Give each cell its outputs, in the page's folder; the files of the modules that were loaded.

        `first` is code that runs unseen before the first cell.

        Raises:  CellFailed at the first cell that fails, or whose outputs must not be shown
        """
        manager = self._manager()
        client = self._client(cells, folder, manager)
        async with self._started(client, manager) as channel:
            await _unseen(channel, f"{LIMIT.format(bytes=MEMORY)}\n{first}" if POSSIBLE else first)
            for number, cell in enumerate(cells):
                await self._run_cell(client, number, cell)
            return [Path(file) for file in ast.literal_eval(await _unseen(channel, "", FILES)).splitlines()]

    def _manager(self) -> AsyncKernelManager:
        manager = AsyncKernelManager(
            kernel_spec_manager=_ThisPython(),
            connection_file=str(self._folder / f"kernel{next(self._numbers)}.json"),
            transport="ipc" if os.name == "posix" else "tcp",  # a free port may be taken before the kernel opens it
        )
        if self._nursery:
            manager.provisioner = ForkedKernel(self._nursery, kernel_spec=manager.kernel_spec, parent=manager)
        return manager

    def _client(self, cells: list[NotebookNode], folder: Path, manager: AsyncKernelManager) -> _Client:
        return _Client(
            new_notebook(cells=cells),
            km=manager,
            timeout=self.timeout,
            iopub_timeout=self.timeout,  # outputs may come after the reply, late on a loaded machine: none is left out
            raise_on_iopub_timeout=True,
            startup_timeout=START_TIMEOUT,
            record_timing=False,
            skip_cells_with_tag="",  # every cell runs
            resources={"metadata": {"path": str(folder)}},
        )

    @asynccontextmanager
    async def _started(self, client: _Client, manager: AsyncKernelManager) -> AsyncIterator[AsyncKernelClient]:
        try:
            await client.async_start_new_kernel(env=self._environment)
            channel = await client.async_start_new_kernel_client()
            assert isinstance(channel, AsyncKernelClient)  # the manager's own kind
            yield channel
        finally:
            if client.kc:
                client.kc.stop_channels()
            await manager.shutdown_kernel(now=True)

    async def _run_cell(self, client: _Client, number: int, cell: NotebookNode) -> None:
        try:
            await client.async_execute_cell(cell, number, execution_count=number + 1)
        except CellExecutionError as error:
            if error.ename.endswith("MemoryError"):  # NumPy has one of its own
                raise CellFailed(number, OUT_OF_MEMORY.format(MEMORY >> 20)) from None
            told = [f"{error.ename}: {error.evalue}", COLOURS.sub("", str(error))]
            raise CellFailed(number, "\n".join(each[:TOLD] for each in told)) from None
        except CellTimeoutError:
            raise CellFailed(number, f"takes longer than {self.timeout} seconds") from None
        except DeadKernelError:
            died = "the kernel died: out of memory, or a crash in compiled code"
            raise CellFailed(number, client.too_much or died) from None
        joined(cell)
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
    return str(content["user_expressions"]["value"]["data"]["text/plain"])
