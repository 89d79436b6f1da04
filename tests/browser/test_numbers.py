"""What explorers compute in JavaScript, compared with numpy, torch, scikit-learn."""

from typing import Any

import numpy as np
import pytest
import torch
from scipy.optimize import linprog
from sklearn.neighbors import KNeighborsClassifier

from utils.explorers import (
    Broadcasting,
    CapacityPenalty,
    ClassLosses,
    LineFit,
    NearestNeighbors,
)

LINE_POINTS = np.array(
    [
        *([0.5, 1.6], [1.3, 1.8], [2.2, 3.0], [3.1, 3.2], [3.9, 4.4]),
        *([4.7, 4.5], [5.6, 5.8], [6.4, 5.9], [7.5, 7.2], [8.3, 7.4]),
    ]
)


@pytest.mark.parametrize("a", [(3,), (1, 3), (3, 1), (2, 4), (4, 5)])
@pytest.mark.parametrize("b", [(1,), (3,), (4,), (2, 1), (4, 5)])
def test_broadcasting_agrees_with_numpy(
    plain_page: Any, a: tuple[int, ...], b: tuple[int, ...]
) -> None:
    rows_a, rows_b = (0 if len(shape) == 1 else shape[0] for shape in (a, b))
    plain_page.mount(
        Broadcasting(a_rows=rows_a, a_columns=a[-1], b_rows=rows_b, b_columns=b[-1])
    )
    shown = plain_page.readout()
    A = np.arange(1, np.prod(a) + 1).reshape(a)
    B = 10 * np.arange(1, np.prod(b) + 1).reshape(b)
    try:
        expected = A + B
    except ValueError:
        assert shown["shape"] is None
    else:
        assert tuple(shown["shape"]) == expected.shape
        assert shown["values"] == expected.ravel().tolist()


@pytest.mark.parametrize(
    "outlier", [(9.0, -3.0), (4.8, 15.0), (0.0, -12.0), (9.0, 8.2)]
)
def test_both_lines_are_the_best_ones(
    plain_page: Any, outlier: tuple[float, float]
) -> None:
    plain_page.mount(LineFit(outlier_x=outlier[0], outlier_y=outlier[1]))
    shown = plain_page.readout()
    x, y = np.vstack([LINE_POINTS, outlier]).T
    slope, intercept = np.polyfit(x, y, 1)
    assert np.isclose(shown["l2"]["slope"], slope)
    assert np.isclose(shown["l2"]["intercept"], intercept)
    residuals = y - intercept - slope * x
    assert np.isclose(shown["l2"]["loss"], np.mean(residuals**2))
    assert np.isclose(
        shown["l2"]["pull"], abs(residuals[-1]) / np.sum(np.abs(residuals))
    )
    # least absolute deviations as a linear program: |residual| ≤ t, minimize Σ t
    ones, eye = np.ones((len(x), 1)), np.eye(len(x))
    line = np.hstack([x[:, None], ones])
    program = linprog(
        [0, 0, *np.ones(len(x))],
        A_ub=np.vstack([np.hstack([line, -eye]), np.hstack([-line, -eye])]),
        b_ub=np.concatenate([y, -y]),
        bounds=[(None, None)] * (2 + len(x)),
    )
    assert np.isclose(shown["l1"]["loss"] * len(x), program.fun)
    found = np.abs(y - shown["l1"]["intercept"] - shown["l1"]["slope"] * x).mean()
    assert np.isclose(found, shown["l1"]["loss"])


@pytest.mark.parametrize("distance", ["L1", "L2"])
@pytest.mark.parametrize("k", [1, 3, 4, 9, 15])
def test_neighbors_agree_with_scikit_learn(
    plain_page: Any, distance: str, k: int
) -> None:
    explorer = NearestNeighbors(k=k, distance=distance, query_x=5.07, query_y=5.61)
    plain_page.mount(explorer)
    shown = plain_page.readout()
    points = np.array(explorer.state["points"])
    X, y = points[:, :2], points[:, 2].astype(int)
    metric = {"L1": "manhattan", "L2": "euclidean"}[distance]
    model = KNeighborsClassifier(k, metric=metric).fit(X, y)
    query = np.array([[5.07, 5.61]])
    distances, neighbors = model.kneighbors(query)
    assert shown["neighbors"] == neighbors[0].tolist()
    assert np.isclose(shown["radius"], distances[0, -1])
    assert shown["prediction"] == model.predict(query)[0]
    assert np.isclose(shown["training_accuracy"], model.score(X, y))
    others = ~np.eye(len(X), dtype=bool)
    hits = [
        KNeighborsClassifier(k, metric=metric).fit(X[keep], y[keep]).predict(X[~keep])
        == y[~keep]
        for keep in others
    ]
    assert np.isclose(shown["leave_one_out_accuracy"], np.mean(hits))


@pytest.mark.parametrize(
    "scores", [(2.0, 1.0, 0.1), (5, -3, 2), (5, 10, 10), (-9, 9, 0)]
)
@pytest.mark.parametrize("target", [0, 2])
def test_losses_of_three_scores_agree_with_torch(
    plain_page: Any, scores: tuple[float, float, float], target: int
) -> None:
    plain_page.mount(
        ClassLosses(
            score_0=scores[0], score_1=scores[1], score_2=scores[2], target=str(target)
        )
    )
    shown = plain_page.readout()
    z = torch.tensor([scores], dtype=torch.float64, requires_grad=True)
    y = torch.tensor([target])
    loss = torch.nn.functional.cross_entropy(z, y)
    loss.backward()
    # torch's margin loss divides by the number of classes
    hinge = 3 * torch.nn.functional.multi_margin_loss(z, y)
    assert np.allclose(shown["probabilities"], z.softmax(dim=1).detach()[0])
    assert np.isclose(shown["cross_entropy"], loss.item())
    assert np.isclose(shown["hinge"], hinge.item())
    assert np.allclose(shown["gradient"], z.grad[0])


@pytest.mark.parametrize("score", [-10.0, -0.5, 0.0, 2.3])
@pytest.mark.parametrize("label", [0, 1])
def test_losses_of_one_score_agree_with_torch(
    plain_page: Any, score: float, label: int
) -> None:
    plain_page.mount(ClassLosses(output="sigmoid", score=score, label=str(label)))
    shown = plain_page.readout()
    z = torch.tensor(score, dtype=torch.float64)
    y = torch.tensor(label, dtype=torch.float64)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(z, y)
    assert np.isclose(shown["probabilities"][1], torch.sigmoid(z))
    assert np.isclose(shown["cross_entropy"], loss)
    assert shown["hinge"] == pytest.approx(max(0, 1 - (2 * label - 1) * score))


def ridge(
    points: np.ndarray, degree: int, penalty: float
) -> np.polynomial.legendre.Legendre:
    """The minimum of mean squared error + ½λ‖w‖², by its normal equations.

    The basis polynomials have mean square 1: √(2k + 1) times Legendre's.
    """
    x, y = points.T
    scale = np.sqrt(2 * np.arange(degree + 1) + 1)
    design = np.polynomial.legendre.legvander(x, degree) * scale
    penalties = np.diag([0.0] + [penalty / 2] * degree)
    theta = np.linalg.solve(
        design.T @ design / len(x) + penalties, design.T @ y / len(x)
    )
    return np.polynomial.legendre.Legendre(theta * scale)


def mean_squared_error(
    points: np.ndarray, model: np.polynomial.legendre.Legendre
) -> float:
    return float(np.mean((points[:, 1] - model(points[:, 0])) ** 2))


@pytest.mark.parametrize(
    ("degree", "penalty", "points"),
    [(0, 1e-3, 10), (1, 1e-8, 20), (5, 1e-8, 100), (14, 0.01, 20), (14, 10, 10)],
)
@pytest.mark.parametrize("against", ["λ", "degree"])
def test_capacity_and_penalty_agree_with_numpy(
    plain_page: Any, degree: int, penalty: float, points: int, against: str
) -> None:
    plain_page.mount(
        CapacityPenalty(
            degree=degree, penalty=penalty, points=points, against=against, seed=3
        )
    )
    shown = plain_page.readout()
    train, test = (np.array(shown[f"{name}_points"]) for name in ("train", "test"))
    model = ridge(train, degree, penalty)
    scale = np.sqrt(2 * np.arange(degree + 1) + 1)
    assert len(train) == points
    assert np.allclose([shown["bias"], *shown["weights"]], model.coef / scale)
    assert np.isclose(shown["train_error"], mean_squared_error(train, model))
    assert np.isclose(shown["test_error"], mean_squared_error(test, model))
    curves = shown["curves"]
    for place in (12, -1):
        value = curves["at"][place]
        other = (
            ridge(train, value, penalty)
            if against == "degree"
            else ridge(train, degree, value)
        )
        expected = mean_squared_error(train, other), mean_squared_error(test, other)
        assert np.allclose(
            (curves["train"][place], curves["test"][place]), expected, rtol=1e-4
        )


def test_points_of_the_capacity_explorer_are_the_curve_plus_noise(
    plain_page: Any,
) -> None:
    plain_page.mount(CapacityPenalty(noise=0.0, points=100))
    x, y = np.array(plain_page.readout()["train_points"]).T
    assert np.allclose(y, np.sin(4 * x))
    plain_page.mount(CapacityPenalty(noise=0.5, points=100))
    noisy = np.array(plain_page.readout()["test_points"])
    errors = noisy[:, 1] - np.sin(4 * noisy[:, 0])
    assert errors.std() == pytest.approx(0.5, rel=0.15)


def test_presets_of_the_capacity_explorer_do_what_they_say(plain_page: Any) -> None:
    errors = {}
    for name, values in CapacityPenalty.presets.items():
        plain_page.mount(CapacityPenalty(**values))
        shown = plain_page.readout()
        errors[name] = shown["train_error"], shown["test_error"]
    noise = CapacityPenalty.start["noise"] ** 2
    assert min(errors["under-fit"]) > 3 * noise
    assert errors["over-fit"][0] < noise / 3
    assert errors["over-fit"][1] > 10 * noise
    assert errors["more data"][1] < errors["over-fit"][1] / 10
    assert errors["more penalty"][1] < errors["over-fit"][1] / 10
