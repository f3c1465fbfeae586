"""Do what a new user does: clone, and run the README's commands as written.

    python3 scripts/clean_clone.py [--no-node] [--keep] [--only N] [COMMIT]

Clones the commit (HEAD) into a temporary folder and runs each line of the README's first
`sh` code block there, with an empty home folder and an environment that holds nothing but
what is listed in KEPT: Python, make, and the machine's way to its package registries. Slow
(it downloads everything again), therefore no part of `make test`.

--no-node   hides the machine's Node.js, so that it comes from the Python packages
--keep      leaves the temporary folder for a look
--only N    only the Nth command
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Besides these, only variables about packages, proxies and certificates come along.
KEPT = ("LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS")
KEPT_PREFIXES = ("PIP_", "NPM_CONFIG_", "HTTP_", "HTTPS_", "NO_PROXY")
NODE_PROGRAMS = ("node", "nodejs", "npm", "npx", "corepack")


def readme_commands(readme: str) -> list[str]:
    """The lines of the README's first `sh` code block, comments and empty lines left out."""
    block = re.search(r"^```sh\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    lines = block[1].splitlines() if block else []
    commands = (line.partition(" #")[0].strip() for line in lines)
    return [command for command in commands if command and not command.startswith("#")]


def bare_path(folder: Path, hidden: tuple[str, ...]) -> str:
    """A PATH of the system's folders with the `hidden` programs left out."""
    folder.mkdir()
    for place in ("/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"):
        for program in Path(place).iterdir() if Path(place).is_dir() else ():
            link = folder / program.name
            if program.name not in hidden and not os.path.lexists(link):
                link.symlink_to(program)
    return str(folder)


def environment(home: Path, path: str) -> dict[str, str]:
    """An empty home and nothing inherited but the way to the package registries."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or name.upper().startswith(KEPT_PREFIXES)
    }
    return {**kept, "HOME": str(home), "PATH": path, "TERM": "dumb"}


def run(command: str, clone: Path, env: dict[str, str]) -> bool:
    """Run one of the README's lines in the clone; say how it ended."""
    print(f"\n$ {command}", flush=True)
    began = time.monotonic()
    status = subprocess.run(["/bin/sh", "-c", command], cwd=clone, env=env, check=False).returncode
    print(f"=> status {status} after {time.monotonic() - began:.0f} s", flush=True)
    return status == 0


def parse(argv: list[str]) -> argparse.Namespace:
    """The command line of this script."""
    parser = argparse.ArgumentParser(description="Run the README's commands in a clean clone.")
    parser.add_argument("commit", nargs="?", default="HEAD")
    parser.add_argument("--no-node", action="store_true", help="hide the machine's Node.js")
    parser.add_argument("--keep", action="store_true", help="leave the temporary folder")
    parser.add_argument("--only", type=int, metavar="N", help="only the Nth command")
    return parser.parse_args(argv)


def try_out(args: argparse.Namespace, folder: Path) -> bool:
    """Clone and run; whether every command ended well and left the clone clean."""
    clone, home = folder / "plumbline", folder / "home"
    home.mkdir()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    subprocess.run(["git", "checkout", "--quiet", args.commit], cwd=clone, check=True)
    hidden = NODE_PROGRAMS if args.no_node else ()
    env = environment(home, bare_path(folder / "bin", hidden))
    commands = readme_commands((clone / "README.md").read_text(encoding="utf-8"))
    # The README's own clone line is what the lines above have done.
    chosen = [line for line in commands if not re.match(r"git clone|cd ", line)]
    if args.only:
        chosen = chosen[args.only - 1 : args.only]
    if not chosen:
        print("clean clone: the README names no commands", file=sys.stderr)
        return False
    ended_well = all(run(command, clone, env) for command in chosen)
    left = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    ).stdout
    if left:
        print(f"clean clone: the commands left files behind:\n{left}", file=sys.stderr)
    return ended_well and not left


def main(argv: list[str]) -> int:
    """The exit status: 0 where every command ended well, else 1."""
    args = parse(argv)
    commit = ["git", "rev-parse", args.commit]
    args.commit = subprocess.run(
        commit, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    folder = Path(tempfile.mkdtemp(prefix="plumbline-clean-"))
    try:
        good = try_out(args, folder)
    finally:
        if args.keep:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"clean clone: {'all commands ended well' if good else 'FAILED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
