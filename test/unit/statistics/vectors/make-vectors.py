"""Makes the vectors that test/unit/statistics checks against.

    python3 test/unit/statistics/vectors/make-vectors.py && npx biome check --write test/unit/statistics/vectors

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


# The stakes of functions/core/statistics/margin-process.ts: shares of the greatest one, and their weights.
STAKES = [("0.12", "0.05"), ("0.25", "0.08"), ("0.45", "0.15"), ("0.65", "0.15"), ("0.82", "0.17"), ("0.94", "0.2"), ("0.99", "0.2")]


def margin_capital(minus, zero, plus, margin):
    """The capital of the bets themselves, by multiplication of what each difference pays."""
    total = mpmath.mpf(0)
    for share, weight in STAKES:
        stake = mpmath.mpf(share) / (1 - margin)
        total += (
            mpmath.mpf(weight)
            * (1 + stake * (margin - 1)) ** plus
            * (1 + stake * margin) ** zero
            * (1 + stake * (margin + 1)) ** minus
        )
    return total


def margin_evidence():
    rows = []
    for minus, zero, plus in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 90, 0), (3, 200, 1), (1, 200, 3), (40, 5, 50), (0, 3000, 20), (2, 10, 400)]:
        for margin in ["0.01", "0.05", "0.3", "-0.2"]:
            log = mpmath.log(margin_capital(minus, zero, plus, mpmath.mpf(margin)))
            rows.append({"minus": minus, "zero": zero, "plus": plus, "margin": float(margin), "log": float(log)})
    return rows


def fewest_alike():
    rows = []
    for margin, alpha in [("0.05", "0.01"), ("0.02", "0.01"), ("0.3", "0.2"), ("0.9", "0.5"), ("0.001", "0.05")]:
        pairs = 1
        while margin_capital(0, pairs, 0, mpmath.mpf(margin)) < 1 / mpmath.mpf(alpha):
            pairs += 1
        rows.append({"margin": float(margin), "alpha": float(alpha), "pairs": pairs})
    return rows


def where(excluded, inside, end):
    """Where `excluded` begins on the way from inside to end, by bisection in 50 digits; end when it never does."""
    inside, end = mpmath.mpf(inside), mpmath.mpf(end)
    for _ in range(90):
        middle = (inside + end) / 2
        if excluded(middle):
            end = middle
        else:
            inside = middle
    return float(end)


def difference_interval():
    rows = []
    for minus, zero, plus in [(0, 0, 0), (0, 72, 9), (9, 72, 0), (5, 400, 5), (0, 50, 0), (12, 0, 0), (30, 10, 60)]:
        for confidence in ["0.9", "0.95"]:
            wanted = 2 / (1 - mpmath.mpf(confidence))
            high = where(lambda m: margin_capital(minus, zero, plus, m) >= wanted, -1, 1)
            low = where(lambda m: margin_capital(plus, zero, minus, m) >= wanted, -1, 1)
            rows.append({"minus": minus, "zero": zero, "plus": plus, "confidence": float(confidence), "low": -low, "high": high})
    return rows


def anytime_share():
    rows = []
    for k, n in [(0, 0), (0, 1), (1, 1), (1, 2), (0, 50), (50, 50), (5, 100), (95, 100), (380, 400)]:
        for confidence in ["0.9", "0.95", "0.975"]:
            best = mpmath.mpf(k) / n if n else mpmath.mpf("0.5")
            mixture = mpmath.beta(k + 1, n - k + 1)
            excluded = lambda p: mixture >= p ** k * (1 - p) ** (n - k) / (1 - mpmath.mpf(confidence))
            rows.append({
                "successes": k, "trials": n, "confidence": float(confidence),
                "low": where(excluded, best, 0), "high": where(excluded, best, 1),
            })
    return rows


write("log-gamma", log_gamma())
write("incomplete-beta", incomplete_beta())
write("beta-quantile", beta_quantile())
write("share-interval", share_interval())
write("sign-evidence", sign_evidence())
write("fisher-exact", fisher())
write("rank-sum", rank_sum())
write("margin-evidence", margin_evidence())
write("fewest-alike", fewest_alike())
write("difference-interval", difference_interval())
write("anytime-share", anytime_share())
