"""Writes the cases about analysis that come with the program: other numbers than anybody's, and answers from formulas or
from counting, without a line of the program. Usage: make_cases.py FOLDER"""

import itertools
import json
import math
import pathlib
import random
import statistics
import sys

FOLDER = pathlib.Path(sys.argv[1])


def put(name, **case):
    (FOLDER / f"{name}.json").write_text(json.dumps({"id": name, **case}, indent=1) + "\n")


def put_table(name, header, rows):
    (FOLDER / name).write_text("\n".join(",".join(f"{cell:.12g}" if isinstance(cell, float) else str(cell) for cell in row)
                                         for row in [header, *rows]) + "\n")


def quantile(values, p):
    values, place = sorted(values), (len(values) - 1) * p
    k = int(place)
    return values[k] + (place - k) * (values[min(k + 1, len(values) - 1)] - values[k])


# ---- Choices ----

def hypervolume():
    """By counting unit cells, which whole coordinates allow."""
    chance, sets = random.Random(1), {}
    for m in (2, 3, 4, 5):
        for num in (1, 5, 9):
            points = [[chance.randrange(5) for _ in range(m)] for _ in range(num)]
            cells = sum(any(all(p <= c for p, c in zip(point, cell)) for point in points)
                        for cell in itertools.product(range(4), repeat=m))
            sets[f"{num} in {m}"] = {"points": points, "ref": [4] * m, "hv": cells}
    put("hypervolume_own", title="Volumes by counting cells", sets=sets)


def regret():
    chance = random.Random(2)
    payoff = [[round(chance.gauss(3 + k % 2, 1 + k), 3) for _ in range(7)] for k in range(5)]
    best = [max(column) for column in zip(*payoff)]
    regrets = [[b - p for b, p in zip(best, row)] for row in payoff]
    largest, satisficing = [max(row) for row in regrets], [sum(p >= 3.25 for p in row) / 7 for row in payoff]
    worst = [min(row) for row in payoff]
    put("rdm_regret_own", title="Robustness by hand", payoff=payoff, threshold=3.25, regret=regrets, max_regret=largest,
        minimax_regret_policy=largest.index(min(largest)), q75_regret_linear_interp=[quantile(row, 0.75) for row in regrets],
        satisficing=satisficing, starr_argmax=satisficing.index(max(satisficing)), maximin=worst,
        maximin_policy=worst.index(max(worst)), laplace_mean=[math.fsum(row) / 7 for row in payoff],
        hurwicz_alpha_0p6=[0.6 * max(row) + 0.4 * min(row) for row in payoff])


# ---- Trajectories ----

def trajectory(chance, num, levels):
    """Points of a random walk that moves each input once by half of the levels."""
    step = levels / (2 * (levels - 1))
    point = [chance.randrange(levels // 2) / (levels - 1) + (step if chance.random() < 0.5 else 0) for _ in range(num)]
    walk = [point]
    for f in chance.sample(range(num), num):
        point = list(point)
        point[f] += -step if point[f] > step - 1e-9 else step
        walk.append(point)
    return walk


def morris():
    chance = random.Random(3)
    rows, effects = [], [[] for _ in range(5)]
    for _ in range(12):
        walk = trajectory(chance, 5, 4)
        rows += [(*point, 2 * point[0] - 5 * point[1] + 3 * point[1] * point[2] ** 2 + point[4]) for point in walk]
        for before, after in zip(rows[-6:], rows[-5:]):
            f = [k for k in range(5) if before[k] != after[k]]
            assert len(f) == 1
            effects[f[0]].append((after[5] - before[5]) / (after[f[0]] - before[f[0]]))
    (FOLDER / "morris_own.csv").write_text("x1,x2,x3,x4,x5,y\n" + "".join(",".join(repr(cell) for cell in row) + "\n" for row in rows))
    # EE2 = -5 + 3 x3^2 and EE3 = 3 x2 (x3 + x3 before the step), over levels 0 to 3 thirds.
    squares = [-5 + 3 * (k / 3) ** 2 for k in range(4)]
    products = [3 * k / 3 * (2 * m / 3 + 2 / 3) for k in range(4) for m in range(2)]
    population = [[2], squares, products, [0], [1]]
    put("morris_own", title="y=2x1-5x2+3x2x3^2+x5, p=4", population={
            "mu": [statistics.fmean(e) for e in population], "mu_star": [statistics.fmean(map(abs, e)) for e in population],
            "sigma_pop": [statistics.pstdev(e) for e in population]}, csv="morris_own.csv", mu=[statistics.fmean(e) for e in effects],
        mu_star=[statistics.fmean(map(abs, e)) for e in effects], sigma=[statistics.stdev(e) for e in effects])


def campolongo():
    chance = random.Random(4)
    walks = [trajectory(chance, 4, 6) for _ in range(14)]
    distance = [[0 if m == l else sum(math.dist(a, b) for a in walks[m] for b in walks[l]) for l in range(14)] for m in range(14)]
    spreads = sorted(((math.sqrt(sum(distance[a][b] ** 2 for a, b in itertools.combinations(chosen, 2))), chosen)
                      for chosen in itertools.combinations(range(14), 5)), reverse=True)
    assert spreads[0][0] > spreads[1][0] + 1e-6
    put("campolongo_own", title="Every set of 5 of 14", trajectories=walks, pairwise_distance=distance,
        best_subset=spreads[0][1], top3_D=[spread for spread, _ in spreads[:3]])


# ---- Indices ----

def indices_of(a, b, ab):
    """First (Saltelli, Jansen) and total order of each input."""
    variance, n = statistics.pvariance(a + b), len(a)
    return ([sum(q * (m - p) for p, q, m in zip(a, b, column)) / n / variance for column in ab],
            [1 - sum((q - m) ** 2 for q, m in zip(b, column)) / 2 / n / variance for column in ab],
            [sum((p - m) ** 2 for p, m in zip(a, column)) / 2 / n / variance for column in ab])


def groups(chance, function, num_inputs, num):
    a, b, ab, rows = [], [], [[] for _ in range(num_inputs)], []
    for _ in range(num):
        u, v = ([chance.random() for _ in range(num_inputs)] for _ in "ab")
        points = [u, *([v[k] if k == i else u[k] for k in range(num_inputs)] for i in range(num_inputs)), v]
        values = [function(point) for point in points]
        rows += [(*point, value) for point, value in zip(points, values)]
        a.append(values[0])
        b.append(values[-1])
        for i in range(num_inputs):
            ab[i].append(values[1 + i])
    return a, b, ab, rows


def polynomial(x):
    return 2 * x[0] - x[1] + 4 * x[1] * x[2]


def sobol():
    """y = 2 x1 - x2 + 4 x2 x3 on the unit cube: V1 = 4/12, V2 = (4 E x3 - 1)^2 / 12 = 1/12, V3 = 16 E(x2)^2 / 12 = 4/12,
    V23 = 16 / 144 = 1/9."""
    v1, v2, v3, v23 = 1 / 3, 1 / 12, 1 / 3, 1 / 9
    v = v1 + v2 + v3 + v23
    chance, times = random.Random(5), []
    for _ in range(400):
        a, b, ab, _ = groups(chance, polynomial, 4, 256)
        times.append(indices_of(a, b, ab))
    names = ("S1_saltelli2010", "S1_jansen", "ST_jansen")
    sd = {name: [statistics.stdev(time[k][f] for time in times) * 16 for f in range(4)] for k, name in enumerate(names)}
    put("sobol_polynomial_own", title="y=2x1-x2+4x2x3 on U(0,1)^3, and x4 that does nothing",
        analytic={"S1": [v1 / v, v2 / v, v3 / v, 0], "ST": [v1 / v, (v2 + v23) / v, (v3 + v23) / v, 0]},
        estimator_sd={"N": 256, "mc_sd_times_sqrtN": sd})


def salib():
    """The same estimators after the scaling that SALib does, and its intervals: 1.96 standard deviations of 4000 resamples."""
    chance = random.Random(6)
    a, b, ab, rows = groups(chance, polynomial, 4, 100)
    every = a + b + [value for column in ab for value in column]
    mean, unit = statistics.fmean(every), statistics.pstdev(every)
    scaled = [[(value - mean) / unit for value in values] for values in (a, b, *ab)]
    a, b, ab = scaled[0], scaled[1], scaled[2:]
    first, _, total = indices_of(a, b, ab)
    times = []
    for _ in range(4000):
        which = [chance.randrange(100) for _ in range(100)]
        times.append(indices_of([a[k] for k in which], [b[k] for k in which], [[column[k] for k in which] for column in ab]))
    half = [[1.959964 * statistics.stdev(time[k][f] for time in times) for f in range(4)] for k in (0, 2)]
    (FOLDER / "salib_sobol_own.csv").write_text("p,q,r,s,y\n" + "".join(",".join(repr(cell) for cell in row) + "\n" for row in rows))
    put("salib_sobol_own", title="Estimators by hand", csv="salib_sobol_own.csv", N=100, S1=first, ST=total, S1_conf=half[0],
        ST_conf=half[1])


def noise():
    """Ishigami's function with a = 5, b = 0.05 and a noise of half its variance."""
    a, b, share, pi4, pi8 = 5, 0.05, 0.5, math.pi ** 4, math.pi ** 8
    v1, v2, v13 = (1 + b * pi4 / 5) ** 2 / 2, a * a / 8, b * b * pi8 * 8 / 225
    v = v1 + v2 + v13
    first, total = [v1 / v, v2 / v, 0], [(v1 + v13) / v, v2 / v, v13 / v]
    put("sobol_stochastic_noise_own", title="Ishigami with noise", params={"a": a, "b": b, "noise_var_over_V": share},
        noise_free={"S1": first, "ST": total}, seed_contribution_share=share / (1 + share),
        independent_noise_expected={"S1": [s / (1 + share) for s in first], "ST_jansen": [(s + share) / (1 + share) for s in total]},
        seed_reused_ST=[s / (1 + share) for s in total])


# ---- Densities ----

NORMAL = statistics.NormalDist()


def delta():
    """y = sum coef x, all x standard normal; the mean over what is known of an input, and the largest distance."""
    coef, deltas, distances = [2, 1, 0.5], [], []
    whole = statistics.NormalDist(0, math.sqrt(sum(c * c for c in coef)))
    grid = [whole.stdev * (k - 6000) / 1000 for k in range(12001)]
    for c in coef:
        def known(x):
            return statistics.NormalDist(c * x, math.sqrt(whole.variance - c * c))

        deltas.append(sum((1 - whole.overlap(known(x))) * NORMAL.pdf(x) / 100 for x in ((k - 900) / 100 for k in range(1801))))
        distances.append([max(abs(whole.cdf(y) - known(x).cdf(y)) for y in grid)
                          for x in (NORMAL.inv_cdf((k + 0.5) / 8) for k in range(8))])
    put("delta_own", title="Quadrature", coef=coef, delta=deltas, ks_at_decile_midpoints=distances,
        ks_median=[statistics.median(row) for row in distances],
        tolerance_delta_N3000={"mean": [d + 0.02 for d in deltas], "sd": [0.01] * 3})


def prim():
    """A box known beforehand; without noise a box can hold all of it and hardly more."""
    chance, rows = random.Random(8), []
    for _ in range(1200):
        x = [round(chance.random(), 6) for _ in range(4)]
        rows.append((*x, int(0.25 <= x[1] <= 0.75 and x[3] >= 0.6)))
    put_table("prim_own.csv", ("p", "q", "r", "s", "y"), rows)
    put("prim_own", title="A known box", csv="prim_own.csv", true_box={"q": [0.25, 0.75], "s": [0.6, max(row[3] for row in rows)]},
        ema_best={"ORIGINAL": {"coverage": 0.97, "density": 0.97}})


for write in (hypervolume, regret, morris, campolongo, sobol, salib, noise, delta, prim):
    write()
