"""SPEC.md's example in another language, run: it computes the proofs that the vectors have."""

import json
import re
import subprocess
from pathlib import Path

from plumbline.node import node_command

from tests.protocol.test_vectors import load

SCRIPT = """
const crypto = require("node:crypto");
{proof}
const bytes = (hex) => Buffer.from(hex, "hex");
const {{ key, id, h, b }} = {case};
console.log(JSON.stringify(["plumbline belt", "plumbline host"].map(
  (label) => proof(bytes(key), label, bytes(id), bytes(h), bytes(b)).toString("hex"))));
"""


def test_the_proof_in_javascript(root: Path) -> None:
    spec = (root / "protocol" / "SPEC.md").read_text("utf-8")
    (example,) = re.findall(r"```js\n(.*?)```", spec, re.DOTALL)
    proof = re.match(r"const proof = .*?digest\(\);\n", example, re.DOTALL)
    assert proof
    vectors = {each["name"]: each for each in load(root / "protocol" / "vectors", "messages")}
    case = {
        "key": vectors["pair"]["fields"]["key"],
        "id": vectors["hello_reply"]["fields"]["belt_id"],
        "h": vectors["challenge"]["fields"]["nonce"],
        "b": vectors["challenge_reply"]["fields"]["nonce"],
    }
    script = SCRIPT.format(proof=proof[0], case=json.dumps(case))
    ran = subprocess.run(
        [*node_command(), "-e", script], capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout) == [
        vectors["challenge_reply"]["fields"]["proof"],
        vectors["prove"]["fields"]["proof"],
    ]
