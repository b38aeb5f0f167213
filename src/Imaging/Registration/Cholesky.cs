namespace Gateway.Imaging.Registration;

/// <summary>Solves small positive definite systems by the square-root-free Cholesky factors L D Lᵀ, found by elimination without
/// pivots.</summary>
internal static class Cholesky
{
    /// <param name="matrix">n x n, symmetric, positive definite; it is overwritten.</param>
    /// <param name="right">n values, overwritten with the solution.</param>
    public static void Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        for (var k = 0; k < n; k++)
        {
            for (var i = k + 1; i < n; i++)
            {
                var factor = matrix[i, k] / matrix[k, k];
                right[i] -= factor * right[k];
                for (var j = k; j < n; j++)
                    matrix[i, j] -= factor * matrix[k, j];
            }
        }
        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++)
                right[i] -= matrix[i, j] * right[j];
            right[i] /= matrix[i, i];
        }
    }
}
