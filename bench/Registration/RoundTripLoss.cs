namespace Gateway.RegistrationBench;

/// <summary>What a slice loses on its way to the reference and back with the identity in the model's place.</summary>
/// <param name="Mean">Mean absolute error inside the eroded head, in the slice's unit.</param>
/// <param name="Percentile99">Not exceeded by 99 % of its pixels.</param>
/// <param name="Plain">Mean absolute error of the same slice, bilinear, onto a straight 1 mm grid and back.</param>
internal sealed record RoundTripLoss(string Name, bool Deform, double Mean, double Percentile99, double Plain)
{
    private const double ErodeMm = 6;

    public static IEnumerable<RoundTripLoss> All(Pairs pairs)
    {
        foreach (var deform in (bool[])[false, true])
        {
            foreach (var seed in Enumerable.Range(21, 8))
            {
                var slice = HeadPhantom.Sample(new() { Seed = (ulong)seed }).RenderSlice(8, 512, 0.5f);
                // 3 mm: nothing the reference's 1 mm grid cannot hold.
                var smooth = GaussianFilter.Apply(new(512, 512, slice.Ct), 6, 6);
                yield return Of(
                    $"smooth phantom {seed}, HU", new(Pairs.Slice(smooth, 0.5), ShippedModalities.Ct, GreyRange.Brain),
                    pairs.Shipped(ShippedModalities.Ct), deform);
            }
            foreach (var profile in ShippedModalities.Table.Profiles)
                foreach (var (name, head) in pairs.Real(profile))
                    yield return Of(name, head, pairs.Shipped(profile), deform);
        }
    }

    private static RoundTripLoss Of(string name, HeadSlice head, Reference reference, bool deform)
    {
        var prepared = Preprocessor.Prepare(head, 0, reference, GreyRange.Brain, deform);
        var image = head.Slice.Image;
        var inside = Morphology.Erode(prepared.Slice.SourceMask, ErodeMm, head.Slice.ColumnSpacing, head.Slice.RowSpacing);
        var restored = prepared.Slice.Restore(prepared.Registered.Pixels, outside: 0);
        var errors = Enumerable.Range(0, restored.Length).Where(i => inside.Pixels[i]).Select(i => Math.Abs(restored[i] - image.Pixels[i]))
            .Order().ToArray();
        // Between the pixels, as 512 onto 256 lies: a grid of the slice's own pixels would lose nothing.
        var between = Math.Abs(head.Slice.ColumnSpacing - 1) < 0.02 ? 0.5 : 0;
        var grid = AffineTransform2D.About(
            127.5, 127.5, 1 / head.Slice.ColumnSpacing, 0, 0, 1 / head.Slice.RowSpacing, (image.Width - 256) / 2.0 + between,
            (image.Height - 256) / 2.0 + between);
        var plain = Resampler.Bilinear(
            Resampler.Bilinear(image, grid, 256, 256, outside: 0), grid.Invert(), image.Width, image.Height, outside: 0);
        return new(name, deform, errors.Average(), errors[(int)(0.99 * errors.Length)], ImageMetrics.Mae(plain, image, inside));
    }
}
