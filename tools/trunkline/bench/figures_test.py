"""Quantiles, growth and medians against values worked out by hand."""
import unittest

from . import figures


class FiguresTest(unittest.TestCase):
    def test_quantile_is_the_nearest_rank(self):
        values = list(range(100, 0, -1))
        self.assertEqual(figures.quantile(values, 0.5), 50)
        self.assertEqual(figures.quantile(values, 0.99), 99)
        self.assertEqual(figures.quantile(values, 1), 100)
        self.assertEqual(figures.quantile([7], 0.01), 7)
        self.assertIsNone(figures.quantile([], 0.5))

    def test_median_of_odd_and_even_counts(self):
        self.assertEqual(figures.median([9, 1, 5]), 5)
        self.assertEqual(figures.median([4, 1, 3, 2]), 2.5)

    def test_growth_finds_the_exponent(self):
        for exponent in (0, 0.5, 1, 2):
            points = [(size, 3 * size**exponent) for size in (10, 20, 40)]
            self.assertAlmostEqual(figures.growth(points), exponent)

    def test_growth_of_noisy_points_is_a_fit_and_not_an_end(self):
        self.assertAlmostEqual(figures.growth([(1, 1), (2, 2.2), (4, 3.6), (8, 8)]), 0.97105, places=4)

    def test_growth_needs_two_sizes_with_a_cost(self):
        self.assertIsNone(figures.growth([(10, 1)]))
        self.assertIsNone(figures.growth([(10, 0), (20, 1)]))
        self.assertIsNone(figures.growth([(10, 1), (10, 2)]))

    def test_figures_keep_three_digits_that_count(self):
        self.assertEqual([figures.show(value) for value in (1234.5, 12.345, 0.012345, 0.0, None, 7)],
                         ["1234", "12.3", "0.0123", "0", "-", "7"])


if __name__ == "__main__":
    unittest.main()
