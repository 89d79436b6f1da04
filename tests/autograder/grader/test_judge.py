"""What crosses between a learner's code and a test, and what does not."""

import pytest

RIGHT = "def double(x):\n    return 2 * x"


def test_right_answer_passes(run):
    assert run(RIGHT, "assert double(2) == 4").passed


def test_wrong_answer_fails_with_the_tests_message(run):
    trial = run("def double(x):\n    return x", "assert double(2) == 4, 'not twice'")
    assert not trial.passed
    assert "not twice" in trial.message


def test_missing_answer_fails_with_a_name_error(run):
    assert "NameError" in run("pass", "assert double(2) == 4").message


CROSSING = {
    "scalars": ("return x", "assert f((1, 2.5, True, None, 'ä', 1j, 10**400, b'x'))"),
    "nested": ("return x", "v = {'a': [1, (2, {3})], 2: []}\nassert f(v) == v"),
    "nan_and_infinity": (
        "return x",
        "a, b = f((float('inf'), float('nan')))\nassert a > 0 and b != b",
    ),
    "array": ("return x * 2", "assert (f(np.arange(3)) == [0, 2, 4]).all()"),
    "array_kinds": (
        "return x",
        "for kind in 'bool int8 uint16 float32 complex128 U3'.split():\n"
        "    v = np.ones((2, 1), kind)\n"
        "    assert f(v).dtype == v.dtype and (f(v) == v).all()",
    ),
    "empty_array": ("return x", "assert f(np.empty((0, 3))).shape == (0, 3)"),
    "transposed_array": (
        "return x",
        "v = np.arange(6).reshape(2, 3).T\nassert (f(v) == v).all()",
    ),
    "numpy_scalar": ("return x.sum()", "assert f(np.ones(3)) == 3.0"),
    "tensor": ("return x @ x", "assert torch.equal(f(torch.eye(2)), torch.eye(2))"),
    "tensor_kinds": (
        "return x",
        "for kind in (torch.bfloat16, torch.int64, torch.bool, torch.complex64):\n"
        "    v = torch.ones(2, dtype=kind)\n"
        "    assert f(v).dtype == kind and torch.equal(f(v), v)",
    ),
    "scalar_tensor": ("return x.sum()", "assert f(torch.ones(3)).item() == 3"),
    "parameter": (
        "return torch.nn.Parameter(x)",
        "v = f(torch.ones(2))\n"
        "assert isinstance(v, torch.nn.Parameter) and v.requires_grad",
    ),
    "generator_advances": (
        "return x.normal()",
        "a, b = np.random.default_rng(3), np.random.default_rng(3)\n"
        "assert [f(a), f(a)] == [b.normal(), b.normal()]",
    ),
    "torch_generator_advances": (
        "return torch.rand(1, generator=x)",
        "a, b = torch.manual_seed(3), torch.Generator().manual_seed(3)\n"
        "a = torch.Generator().manual_seed(3)\n"
        "for _ in range(2):\n    assert f(a) == torch.rand(1, generator=b)",
    ),
    "shared_objects_stay_shared": ("return x[0] is x[1]", "v = [1]\nassert f([v, v])"),
    "slices_and_types": (
        "return x",
        "assert f(slice(1, None)) == slice(1, None) and f(range(3)) == range(3)\n"
        "assert f(np.float32) is np.float32 and f(torch.float64) is torch.float64",
    ),
    "dictionaries": (
        "return x",
        "import collections\nv = collections.OrderedDict(b=1, a=2)\n"
        "assert list(f(v)) == ['b', 'a'] and f(collections.Counter('aab'))['a'] == 2",
    ),
    "library_function_as_argument": (
        "return x(np.zeros(2))",
        "assert f(np.cos)[0] == 1",
    ),
    "torch_function_as_argument": (
        "return x(-torch.ones(1))",
        "assert f(torch.relu) == 0",
    ),
    "lambda_as_argument": ("return x(3) + x(4)", "assert f(lambda n: n * n) == 25"),
    "closure_that_counts": (
        "return [x(n) for n in range(4)]",
        "seen = []\nf(lambda n: seen.append(n))\nassert seen == [0, 1, 2, 3]",
    ),
    "iterator_as_argument": ("return sum(x)", "assert f(n for n in range(4)) == 6"),
    "set_up_function_as_argument": ("return x(2)", "assert f(helper) == 3"),
    "set_up_object_as_argument": ("return x.value + 1", "assert f(Box(2)) == 3"),
    "set_up_object_is_written_back": (
        "x.value += 1",
        "box = Box(2)\nf(box)\nassert box.value == 3",
    ),
    "module_as_argument": (
        "return x(torch.ones(1, 3)).sum()",
        "layer = torch.nn.Linear(3, 2)\n"
        "assert torch.allclose(f(layer), layer(torch.ones(1, 3)).sum())",
    ),
    "array_changed_in_place": (
        "x += 1",
        "v = np.zeros(2)\nf(v)\nassert (v == 1).all()",
    ),
    "tensor_changed_in_place": (
        "x.add_(1)",
        "v = torch.zeros(2)\nf(v)\nassert v.sum() == 2",
    ),
    "list_changed_in_place": ("x.append([1])", "v = []\nf(v)\nassert v == [[1]]"),
    "dict_changed_in_place": (
        "x['a'] = x.pop('b')",
        "v = {'b': 1}\nf(v)\nassert v == {'a': 1}",
    ),
    "inner_array_changed_in_place": (
        "x[0] *= 2",
        "inner = np.ones(2)\nv = [inner]\nf(v)\nassert v[0] is inner and inner[0] == 2",
    ),
    "gradient_is_written_back": (
        "(x ** 2).sum().backward()",
        "v = torch.ones(2, requires_grad=True)\nf(v)\nassert v.grad.tolist() == [2, 2]",
    ),
    "argument_returned": ("x += 1\n    return x", "v = np.ones(1)\nassert f(v) is v"),
    "named_arguments": ("return kw['b'] - kw['a']", "assert f(None, a=1, b=3) == 2"),
    "tuple_results": ("return x, [x]", "a, b = f(1)\nassert a == 1 and b == [1]"),
    "generator_result": (
        "return (n * x for n in range(3))",
        "assert list(f(2)) == [0, 2, 4]",
    ),
    "endless_generator_result": (
        "import itertools\n    return itertools.count(x)",
        "stream = iter(f(5))\nassert [next(stream), next(stream)] == [5, 6]",
    ),
    "closure_result": ("return lambda y: x + y", "assert f(2)(3) == 5"),
    "torch_seed": (
        "return torch.rand(x)",
        "torch.manual_seed(1)\na = f(2)\ntorch.manual_seed(1)\nb = f(2)\n"
        "torch.manual_seed(1)\n"
        "assert torch.equal(a, b) and torch.equal(a, torch.rand(2))\n"
        "assert not torch.equal(f(2), f(2))",
    ),
    "numpy_and_python_seeds": (
        "import random\n    return np.random.rand(), random.random()",
        "import random\nnp.random.seed(1)\nrandom.seed(1)\na = f(0)\n"
        "np.random.seed(1)\nrandom.seed(1)\n"
        "assert a == (np.random.rand(), random.random())",
    ),
}
SETUP = """
import numpy as np
import torch

def helper(n):
    return n + 1

class Box:
    def __init__(self, value):
        self.value = value
"""


def crossing_pairs():
    return {
        name: (f"def f(x, **kw):\n    {body}", test)
        for name, (body, test) in CROSSING.items()
    }


@pytest.fixture(scope="module")
def crossed(run_many):
    return run_many(crossing_pairs(), SETUP)


@pytest.fixture(scope="module")
def in_one_process(run_many):
    return run_many(crossing_pairs(), SETUP, judged=False)


@pytest.mark.parametrize("name", CROSSING)
def test_crossing_is_what_one_process_does(crossed, in_one_process, name):
    assert crossed[name].passed, crossed[name].message
    assert in_one_process[name].passed, in_one_process[name].message


VALUE = """
class Value:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0
    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data)
    __radd__ = __add__
    def __mul__(self, other):
        return Value(self.data * getattr(other, "data", other))
    def __neg__(self):
        return Value(-self.data)
    def __getitem__(self, key):
        return key + 1
    def __len__(self):
        return 7
    def __iter__(self):
        yield from (1, 2)
    def __float__(self):
        return float(self.data)
    def backward(self):
        self.grad = 1.0
    def __eq__(self, other):
        return True
    def __bool__(self):
        return True
    def __call__(self, x):
        return x
    def fail(self):
        raise KeyError("missing")
"""
OBJECTS = {
    "attribute": "assert Value(3).data == 3",
    "operators": "assert (Value(3) + 1).data == 4 and (1 + Value(3)).data == 4",
    "operators_of_two": "a, b = Value(3), Value(4)\nassert (a * b).data == 12",
    "negation": "assert (-Value(3)).data == -3",
    "method": "v = Value(1)\nv.backward()\nassert v.grad == 1.0",
    "set_attribute": "v = Value(1)\nv.data = 9\nassert (v + 1).data == 10",
    "index_length_iteration": (
        "v = Value(1)\nassert v[4] == 5 and len(v) == 7 and list(v) == [1, 2]"
    ),
    "call": "assert Value(1)('x') == 'x'",
    "float": "assert float(Value(2)) == 2.0",
    "isinstance": "assert isinstance(Value(1), Value) and not isinstance(1, Value)",
    "exception": (
        "try:\n    Value(1).fail()\n    assert False\nexcept KeyError:\n    pass"
    ),
    "missing_attribute": "assert not hasattr(Value(1), 'nothing')",
    "array_with_object": "assert (np.ones(2) * 2 + Value(1).data).sum() == 6",
}
REFUSED = {
    "equality": "assert Value(1) == 1",
    "inequality": "assert Value(1) != 2",
    "order": "assert Value(1) <= 2",
    "truth": "assert Value(1)",
    "membership": "assert 1 in Value(1)",
    "hash": "assert {Value(1)}",
    "array": "assert np.allclose(Value(1), 1)",
    "equality_inside_a_list": "assert [Value(1)] == [1]",
    "tensor_function": "torch.add(Value(1), 1)",
}


@pytest.fixture(scope="module")
def objects(run_many):
    return run_many({name: (VALUE, test) for name, test in OBJECTS.items()}, SETUP)


@pytest.mark.parametrize("name", OBJECTS)
def test_object_of_a_learners_class(objects, name):
    assert objects[name].passed, objects[name].message


@pytest.fixture(scope="module")
def refused(run_many):
    return run_many({name: (VALUE, test) for name, test in REFUSED.items()}, SETUP)


@pytest.mark.parametrize("name", REFUSED)
def test_learners_object_does_not_decide(refused, name):
    assert "CannotCross: your code gives an object" in refused[name].message


MODULE = """
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(3, 2)
    def forward(self, x):
        return self.layer(x)
"""
MODULES = {
    "output": "assert Net()(torch.ones(4, 3)).shape == (4, 2)",
    "parameters": "assert sum(p.numel() for p in Net().parameters()) == 8",
    "state": "assert set(Net().state_dict()) == {'layer.weight', 'layer.bias'}",
    "load_state": (
        "a, b = Net(), Net()\na.load_state_dict(b.state_dict())\nx = torch.ones(1, 3)\n"
        "assert torch.equal(a(x), b(x))"
    ),
    "isinstance": "assert isinstance(Net(), torch.nn.Module)",
    "deep_copy": (
        "import copy\na = Net()\nb = copy.deepcopy(a)\nb.eval()\nassert a.training"
    ),
    "inside_a_sequence": (
        "pair = torch.nn.Sequential(Net(), torch.nn.ReLU())\n"
        "assert (pair(torch.ones(1, 3)) >= 0).all()"
    ),
}


@pytest.fixture(scope="module")
def modules(run_many):
    return run_many({name: (MODULE, test) for name, test in MODULES.items()}, SETUP)


@pytest.mark.parametrize("name", MODULES)
def test_torch_module_of_a_learner(modules, name):
    assert modules[name].passed, modules[name].message


def test_learners_training_step_moves_the_tests_model(run):
    answer = """
def step(model, optimizer, x):
    optimizer.zero_grad()
    loss = (model(x) ** 2).mean()
    loss.backward()
    optimizer.step()
    return loss.item()
"""
    test = """
torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Tanh())
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
before = [p.clone() for p in model.parameters()]
losses = [step(model, optimizer, torch.ones(5, 3)) for _ in range(4)]
assert losses[3] < losses[0]
assert not any(torch.equal(a, b) for a, b in zip(before, model.parameters()))
"""
    trial = run(answer, test, setup=SETUP, solution=answer)
    assert trial.passed, trial.message


def test_test_may_replace_a_learners_function(run):
    answer = "def one():\n    return 1\ndef two():\n    return one() + 1"
    test = """
kept = one
del one
try:
    two()
    raise AssertionError("two does not use one")
except NameError:
    pass
one = lambda: 41
assert two() == 42
one = kept
assert two() == 2
"""
    trial = run(answer, test, solution=answer)
    assert trial.passed, trial.message


def test_a_tests_own_variable_is_not_sent_to_the_learner(run):
    answer = "expected = 0\ndef peek():\n    return expected"
    test = "expected = 42\nassert peek() == 0"
    assert run(answer, test, solution=answer).passed


def test_names_come_from_the_source_not_from_the_submission(run):
    answer = RIGHT + "\nisinstance = len = check = lambda *a: True"
    test = "assert check(1) == 'judge' and len([]) == 0\nassert double(1) == 2"
    assert run(answer, test, setup="def check(x):\n    return 'judge'").passed


def test_imports_of_the_source_are_the_judges_own(run):
    source = "import math\ndef double(x):\n    return 2 * x"
    answer = "class math:\n    pi = 3\n" + RIGHT
    trial = run(answer, "assert math.pi > 3.1 and double(1) == 2", solution=source)
    assert trial.passed, trial.message


@pytest.mark.parametrize(
    "kind", ["ValueError", "ZeroDivisionError", "NotImplementedError", "AssertionError"]
)
def test_exception_keeps_its_type(run, kind):
    answer = f"def double(x):\n    raise {kind}('told you')"
    test = f"try:\n    double(1)\nexcept {kind} as e:\n    assert 'told you' in str(e)"
    assert run(answer, test).passed


def test_stop_iteration_does_not_end_the_tests_loop(run):
    answer = "def double(x):\n    raise StopIteration"
    test = "for got in map(double, [1, 2]):\n    assert got == 2"
    assert "LearnerError: StopIteration" in run(answer, test).message


def test_own_exception_keeps_its_base(run):
    answer = "class Mine(ValueError):\n    pass\ndef double(x):\n    raise Mine('oh')"
    test = (
        "try:\n    double(1)\nexcept ValueError as e:\n    assert str(e) == 'Mine: oh'"
    )
    assert run(answer, test).passed


def test_error_names_the_learners_line(run):
    trial = run("def double(x):\n    y = x\n    return y + z", "double(1)")
    notes = "\n".join(trial.test.outputs[-1].traceback)
    assert "line 3 in double: return y + z" in notes


def test_exit_in_a_call_is_an_error_of_the_test(run):
    trial = run("def double(x):\n    raise SystemExit", "double(1)")
    assert "LearnerError: SystemExit" in trial.message


def test_print_in_a_called_function_is_shown(run):
    trial = run(
        "def double(x):\n    print('hello')\n    return 2 * x", "assert double(1) == 2"
    )
    assert "hello" in trial.test.outputs[0].text


def test_warning_of_a_learners_function_costs_nothing(run):
    warn = "import warnings\ndef double(x):\n    warnings.warn('careful')"
    answer = f"{warn}\n    return 2 * x"
    trial = run(answer, "assert double(1) == 2")
    assert trial.passed
    assert all(output.name == "stdout" for output in trial.test.outputs)


def test_partial_credit_out_of_range_earns_nothing(run):
    answer = "def double(x):\n    return 1000"
    assert "ScoreError" in run(answer, "double(1)").message


@pytest.mark.parametrize("value", ["-1.0", "float('nan')"])
def test_partial_credit_that_nbgrader_takes_for_full_earns_nothing(run, value):
    assert (
        "ScoreError" in run(f"def double(x):\n    return {value}", "double(1)").message
    )


def test_secret_reaches_the_judge_alone(run):
    answer = "import os\ndef double(x):\n    return os.environ.get('COURSE_SECRET')"
    test = (
        "import os\nassert double(1) is None\n"
        "assert os.environ['COURSE_SECRET'] == 'the-secret-of-this-course'"
    )
    assert run(answer, test).passed


def test_dead_process_costs_only_its_own_task(run_many):
    answers = {
        "first": ("def first():\n    return 1", "assert first() == 1"),
        "dies": ("import os\ndef dies():\n    os._exit(0)", "assert dies() == 1"),
        "after": ("def after():\n    return first() + 1", "assert after() == 2"),
        "cell": ("import os\nkept = 1\nos._exit(0)", "assert kept == 1"),
        "last": ("def last():\n    return after() + 1", "assert last() == 3"),
    }
    trials = run_many(answers, "")
    assert [name for name in answers if trials[name].passed] == [
        "first",
        "after",
        "last",
    ]
    assert "the process that ran your code has ended" in trials["dies"].message
    assert "NameError" in trials["cell"].message


def test_process_that_dies_every_time_is_given_up(run_many):
    answers = {
        f"t{n}": (f"import os\ndef t{n}():\n    os._exit(0)", f"t{n}()")
        for n in range(8)
    }
    trials = run_many(answers, "")
    assert not any(trial.passed for trial in trials.values())
