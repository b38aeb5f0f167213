using Gateway.Imaging.Registration;

namespace Gateway.Imaging.Tests.Registration;

public sealed class SolverTests
{
    [Theory, InlineData(1), InlineData(5), InlineData(14)]
    public void Cholesky_finds_what_was_multiplied(int size)
    {
        var (matrix, solution) = (PositiveDefinite(size, seed: size), Numbers(size, seed: 1));
        var right = Product(matrix, solution);

        Cholesky.Solve(matrix, right);

        Assert.All(right.Zip(solution), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Fact]
    public void Conjugate_gradients_arrive_in_as_many_iterations_as_there_are_unknowns_and_can_start_again()
    {
        const int size = 12;
        var (matrix, solver) = (PositiveDefinite(size, seed: 3), new ConjugateGradient(size));
        for (var i = 0; i < size; i++)
            solver.Diagonal[i] = (float)matrix[i, i];
        foreach (var seed in (int[])[4, 5])
        {
            var (solution, step) = (Numbers(size, seed), new float[size]);
            float[] right = [.. Product(matrix, solution).Select(value => (float)value)];

            solver.Solve(Multiply, right, step, iterations: 2 * size);

            Assert.All(step.Zip(solution), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
        }

        void Multiply(float[] vector, float[] result) =>
            Product(matrix, [.. vector.Select(value => (double)value)]).Select(value => (float)value).ToArray().CopyTo(result, 0);
    }

    private static double[,] PositiveDefinite(int size, int seed)
    {
        var (random, root, matrix) = (new Random(seed), new double[size, size], new double[size, size]);
        for (var i = 0; i < size * size; i++)
            root[i / size, i % size] = random.NextDouble() - 0.5;
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                matrix[i, j] = Enumerable.Range(0, size).Sum(k => root[i, k] * root[j, k]) + (i == j ? 1 : 0);
        return matrix;
    }

    private static double[] Product(double[,] matrix, double[] vector) =>
        [.. Enumerable.Range(0, vector.Length).Select(i => Enumerable.Range(0, vector.Length).Sum(j => matrix[i, j] * vector[j]))];

    private static double[] Numbers(int size, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - 0.5)];
    }
}
