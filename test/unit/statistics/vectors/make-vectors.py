"""Makes the vectors that test/unit/statistics checks against.

    python3 test/unit/statistics/vectors/make-vectors.py

Made with SciPy 1.17.1 and mpmath 1.3.0 (50 digits). The files are committed; a change shows as a diff.
"""

import json
import pathlib

import mpmath
from scipy import stats

mpmath.mp.dps = 50
here = pathlib.Path(__file__).parent


def write(name, rows):
    text = "[\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]\n"
    (here / f"{name}.json").write_text(text)


def log_gamma():
    xs = [1e-10, 0.001, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 5, 10, 33.3, 100, 171.5, 1e3, 1e5, 1e10]
    return [{"x": x, "value": float(mpmath.loggamma(mpmath.mpf(x)))} for x in xs]


def incomplete_beta():
    rows = []
    for a, b in [(0.5, 0.5), (1, 1), (1, 5), (2, 3), (8, 10), (30, 2), (0.1, 20), (500, 500), (1001, 20), (2000, 1900)]:
        for x in [0.001, 0.05, 0.3, 0.5, 0.7, 0.95, 0.999]:
            value = mpmath.betainc(a, b, 0, x, regularized=True)
            if value <= 0 or value >= 1:
                continue
            rows.append({"x": x, "a": a, "b": b, "value": float(value), "log": float(mpmath.log(value))})
    return rows


def beta_quantile():
    return [
        {"p": p, "a": a, "b": b, "value": float(stats.beta.ppf(p, a, b))}
        for a, b in [(1, 1), (0.5, 0.5), (2, 5), (20, 1), (3, 998), (400, 601)]
        for p in [0.001, 0.025, 0.5, 0.975, 0.999]
    ]


def share_interval():
    rows = []
    for k, n in [(0, 1), (1, 1), (0, 20), (1, 20), (10, 20), (20, 20), (3, 1000), (999, 1000)]:
        for confidence in [0.9, 0.95, 0.99]:
            test = stats.binomtest(k, n)
            exact = test.proportion_ci(confidence, "exact")
            score = test.proportion_ci(confidence, "wilson")
            rows.append({
                "successes": k, "trials": n, "confidence": confidence,
                "z": float(stats.norm.ppf(1 - (1 - confidence) / 2)),
                "clopperPearson": [float(exact.low), float(exact.high)],
                "wilson": [float(score.low), float(score.high)],
            })
    return rows


def sign_evidence():
    """2 * integral over (1/2, 1) of (2t)^p (2 - 2t)^m dt, by quadrature, not by the beta function."""
    rows = []
    for p, m in [(0, 0), (1, 0), (0, 1), (5, 0), (10, 1), (3, 3), (1, 10), (40, 20), (200, 150), (300, 400)]:
        value = 2 * mpmath.quad(lambda t: (2 * t) ** p * (2 - 2 * t) ** m, mpmath.linspace(0.5, 1, 21))
        rows.append({"positive": p, "negative": m, "log": float(mpmath.log(value))})
    return rows


def fisher():
    rows = []
    for a, b, n in [(0, 0, 10), (1, 0, 10), (5, 1, 20), (25, 8, 500), (66, 7, 1329), (100, 100, 1329), (3, 9, 50)]:
        p = stats.fisher_exact([[a, n - a], [b, n - b]], alternative="greater").pvalue
        rows.append({"first": a, "second": b, "size": n, "p": float(p)})
    return rows


def rank_sum():
    rows = []
    for x, y in [
        ([1.0, 2, 3, 4], [2.5, 3.5, 4.5, 5.5]),
        ([0, 0, 1, 2, 2], [0, 0, 0, 1, 1]),
        ([10, 11, 12, 13, 14, 15], [1, 2, 3, 4, 5, 6]),
        ([0.1, 0.1, 0.2], [0.1, 0.2, 0.2]),
    ]:
        u, p = stats.mannwhitneyu(x, y, alternative="two-sided", method="asymptotic", use_continuity=True)
        z = float(stats.norm.isf(p / 2)) * (1 if u > len(x) * len(y) / 2 else -1 if u < len(x) * len(y) / 2 else 0)
        rows.append({"experiment": x, "control": y, "z": z})
    return rows


write("log-gamma", log_gamma())
write("incomplete-beta", incomplete_beta())
write("beta-quantile", beta_quantile())
write("share-interval", share_interval())
write("sign-evidence", sign_evidence())
write("fisher-exact", fisher())
write("rank-sum", rank_sum())
