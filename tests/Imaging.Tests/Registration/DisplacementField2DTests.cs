using Gateway.Imaging.Registration;

namespace Gateway.Imaging.Tests.Registration;

public sealed class DisplacementField2DTests
{
    private const int Side = 96;

    private static DisplacementField2D Waves(double amplitude, double length)
    {
        var field = new DisplacementField2D(Side, Side);
        for (var i = 0; i < field.X.Length; i++)
        {
            var (x, y) = (i % Side * 2 * Math.PI / length, i / Side * 2 * Math.PI / length);
            (field.X[i], field.Y[i]) = ((float)(amplitude * Math.Sin(x + 0.7 * y)), (float)(amplitude * Math.Cos(y - 0.4 * x)));
        }
        return field;
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(3, 40)]
    [InlineData(6, 60)]
    public void There_and_back_is_where_one_was(double amplitude, double length)
    {
        var field = Waves(amplitude, length);
        var inverse = field.Invert();
        Assert.True(field.Jacobian().Pixels.Min() > 0.2);
        for (var y = 12; y < Side - 12; y++)
        {
            for (var x = 12; x < Side - 12; x++)
            {
                var (thereX, thereY) = inverse.Apply(x, y);
                var (backX, backY) = field.Apply(thereX, thereY);
                Assert.InRange(Math.Abs(backX - x) + Math.Abs(backY - y), 0, 1e-3);
            }
        }
    }

    [Fact]
    public void The_jacobian_is_the_change_of_area()
    {
        var field = new DisplacementField2D(8, 8);
        for (var i = 0; i < 64; i++)
            (field.X[i], field.Y[i]) = (0.5f * (i % 8) + 0.25f * (i / 8), -0.2f * (i / 8));
        Assert.All(field.Jacobian().Pixels, area => Assert.Equal(1.5 * 0.8, area, 1e-5));
    }
}
