using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Phantom;

namespace Gateway.Imaging.Tests.Registration;

public sealed class LinearRegistrationTests
{
    private static readonly Reference Known = SyntheticHead.Reference();

    /// <summary>Reference pixel to source pixel for a head that is turned, scaled, sheared and shifted in the source.</summary>
    private static AffineTransform2D Truth(double degrees, double scale, double shear, double shiftX, double shiftY, double spacing) =>
        AffineTransform2D.Similarity(degrees, scale, 127.5, 127.5, shiftX, shiftY)
            .Then(AffineTransform2D.About(127.5, 127.5, 1, shear, 0, 1, 0, 0))
            .Then(new(1 / spacing, 0, 4, 0, 1 / spacing, -7));

    private static double WorstError(AffineTransform2D found, AffineTransform2D truth)
    {
        var worst = 0.0;
        for (var angle = 0; angle < 360; angle += 15)
        {
            var (x, y) = (127.5 + 70 * Math.Cos(angle), 127.5 + 90 * Math.Sin(angle));
            var ((a, b), (c, d)) = (found.Apply(x, y), truth.Apply(x, y));
            worst = Math.Max(worst, Math.Sqrt((a - c) * (a - c) + (b - d) * (b - d)));
        }
        return worst;
    }

    [Theory]
    [InlineData(0, 1, 0, 0, 0, 1.0)]
    [InlineData(17, 1.08, 0.03, 9, -6, 0.7)]
    [InlineData(-38, 0.9, -0.05, -14, 11, 0.9)]
    [InlineData(60, 1.15, 0.0, 5, 5, 0.5)]
    public void A_known_map_is_found_to_a_third_of_a_pixel(double degrees, double scale, double shear, double x, double y, double spacing)
    {
        var truth = Truth(degrees, scale, shear, x, y, spacing);
        var size = (int)(260 / spacing);
        var image = SyntheticHead.Draw(size, size, truth.Invert().Then(AffineTransform2D.Translation(-127.5, -127.5)));

        var result = Known.Registration.Register(new HeadSlice(SyntheticHead.Slice(image, spacing), ShippedModalities.T2, GreyRange.Brain));

        Assert.InRange(WorstError(result.ReferenceToSource, truth), 0, 0.33 / spacing);
        Assert.True(result.NccAfter > 0.99 && result.NccAfter >= result.NccBefore);
        Assert.Equal(scale, result.Correction.Scale, 0.02);
        Assert.Equal(degrees, result.Correction.RotationDegrees, 2.0);
        Assert.Empty(RegistrationGate.Check(result, dice: 1));
    }

    [Theory]
    [InlineData(-1, 0, 0, 1)]
    [InlineData(1, 0, 0, -1)]
    [InlineData(-1, 0, 0, -1)]
    [InlineData(0, 1, 1, 0)]
    [InlineData(0, -1, 1, 0)]
    public void The_headers_axes_are_followed_even_where_they_mirror(int rowX, int rowY, int columnX, int columnY)
    {
        // Source pixel to head: along the row by the row direction, down the column by the column direction.
        var toHead = new AffineTransform2D(rowX, columnX, -127.5 * (rowX + columnX), rowY, columnY, -127.5 * (rowY + columnY));
        var slice = new VolumeSlice
        {
            Image = SyntheticHead.Draw(256, 256, toHead),
            Position = default,
            RowDirection = new(rowX, rowY, 0),
            ColumnDirection = new(columnX, columnY, 0),
            RowSpacing = 1,
            ColumnSpacing = 1,
        };
        var result = Known.Registration.Register(new HeadSlice(slice, ShippedModalities.T2, GreyRange.Brain));
        var truth = AffineTransform2D.Translation(-127.5, -127.5).Then(toHead.Invert());
        Assert.InRange(WorstError(result.ReferenceToSource, truth), 0, 0.33);
    }

    [Theory]
    [InlineData(60, 0.8, 40, 0)]
    [InlineData(-60, 1.25, 0, -40)]
    [InlineData(-45, 0.9, -28, 28)]
    [InlineData(30, 1.25, 40, 0)]
    [InlineData(0, 0.8, -30, -26)]
    public void A_head_is_found_from_far_away_under_a_bias_field_and_noise(double degrees, double scale, double x, double y)
    {
        var head = new WarpedHead(11, RandomWarp.Sample(1), spoil: false);
        var truth = AffineTransform2D.Similarity(degrees, scale, 127.5, 127.5, x, y).Then(AffineTransform2D.Translation(64, 64));
        var moving = Resampler.Bilinear(head.Fixed, truth.Invert(), 384, 384, outside: 0);
        WarpedHead.Spoil(moving, new(11));

        var result = new LinearRegistration(head.Fixed, head.Mask).Register(
            new HeadSlice(SyntheticHead.Slice(moving.Map(v => 1000 * v), 1), ShippedModalities.T2, GreyRange.Brain));
        Assert.InRange(WorstError(result.ReferenceToSource, truth), 0, 1);
    }

    [Fact]
    public void The_same_slice_gives_the_same_bits()
    {
        var image = SyntheticHead.Draw(
            300, 300, Truth(12, 1.05, 0, 3, 4, 0.9).Invert().Then(AffineTransform2D.Translation(-127.5, -127.5)));
        var results = Enumerable.Range(0, 3).Select(_ =>
            Known.Registration.Register(
                new HeadSlice(SyntheticHead.Slice(image, 0.9), ShippedModalities.T2, GreyRange.Brain)).ReferenceToSource).Distinct();
        Assert.Single(results);
    }

    [Fact]
    public void The_gate_names_what_is_wrong()
    {
        var result = new LinearRegistrationResult
        {
            ReferenceToSource = AffineTransform2D.Identity,
            Correction = AffineTransform2D.Similarity(80, 1.6, 127.5, 127.5, 70, 0),
            NccBefore = 0.5,
            NccAfter = 0.4,
            NccInside = 0,
        };
        Assert.Equal(
            ["ncc-not-raised", "ncc-low", "brain-not-recognised", "scale", "rotation", "shift", "head-outline"],
            RegistrationGate.Check(result, dice: 0.5).Select(reason => reason.Code));

        var folded = new FieldQuality { LeastJacobian = -0.1, MostJacobian = 2, InverseError = 0.2, WorstInverseError = 3 };
        Assert.Equal(
            ["deformation", "inverse-error"],
            RegistrationGate.Check(
                result with { Correction = AffineTransform2D.Identity, NccAfter = 0.9, NccInside = 0.9 }, dice: 1, folded)
                    .Select(reason => reason.Code));
    }
}
