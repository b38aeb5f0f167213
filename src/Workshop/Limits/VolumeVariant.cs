using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.Workshop.Limits;

/// <summary>A way in which good series differ from one scanner and one protocol to the next, made of any series.</summary>
/// <param name="Name">In reports.</param>
/// <param name="Of">Of a whole head; random numbers are for noise and small motion.</param>
public sealed record VolumeVariant(string Name, Func<Volume, ModalityProfile, Random, Volume> Of)
{
    private const double UsualMm = 4.5;
    private const double ThickMm = 7.5;

    /// <summary>What is usually not scanned: above this much below the vertex, and what is lower than this below it.</summary>
    private const double VertexMm = 20;
    private const double ForamenMm = 118;
    private const double LeastHeadMm2 = 1500;

    public static IReadOnlyList<VolumeVariant> Good { get; } =
    [
        new("as scanned", (volume, _, _) => volume),
        new("usual slices", (volume, _, _) => Thick(volume, UsualMm)),
        new("slices of 7.5 mm", (volume, _, _) => Thick(volume, ThickMm)),
        new("vertex missing", (volume, profile, _) => Between(Thick(volume, UsualMm), profile, double.MaxValue, VertexMm)),
        new("below foramen missing", (volume, profile, _) => Between(Thick(volume, UsualMm), profile, ForamenMm, 0)),
        new("both missing", (volume, profile, _) => Between(Thick(volume, UsualMm), profile, ForamenMm, VertexMm)),
        new("coarse pixels", (volume, profile, _) => Pixels(Thick(volume, UsualMm), profile, 1.4, 0.9)),
        new("noise", (volume, profile, random) => Noisy(Thick(volume, UsualMm), profile, UsualNoise(profile, random), random)),
        new("slight motion", (volume, profile, random) => Moved(Thick(volume, UsualMm), profile, 0.7, random)),
    ];

    /// <summary>What doses and kernels make of slices of 4.5 mm: 4 to 14 HU. Of magnitudes 4 % of the bright end.</summary>
    private static double UsualNoise(ModalityProfile profile, Random random) =>
        profile.IsHounsfield ? 4 + 10 * random.NextDouble() : 0.04;

    /// <summary>Neighbouring slices averaged, as many as give about this distance.</summary>
    public static Volume Thick(Volume volume, double millimetres)
    {
        var count = volume.UsualSpacing > 0 ? Math.Max(1, (int)Math.Round(millimetres / volume.UsualSpacing)) : 1;
        return count == 1 ? volume : new(volume.Chunk(count).Where(group => group.Length == count).Select(Averaged));
    }

    /// <summary>The slices that lie between two depths below the vertex, mm.</summary>
    public static Volume Between(Volume volume, ModalityProfile profile, double lowest, double highest)
    {
        var vertex = Enumerable.Range(0, volume.Count).Reverse().First(i => i == 0 || HeadMm2(volume[i], profile) > LeastHeadMm2);
        return new(volume.Where((_, i) =>
            volume.Height(vertex) - volume.Height(i) <= lowest && (highest <= 0 || volume.Height(vertex) - volume.Height(i) >= highest)));
    }

    /// <summary>Every slice shifted by up to so many mm along both axes.</summary>
    public static Volume Moved(Volume volume, ModalityProfile profile, double millimetres, Random random)
    {
        double Shift(double spacing) => (2 * random.NextDouble() - 1) * millimetres / spacing;
        return new(volume.Select(slice => With(slice, Resampler.Bilinear(
            slice.Image, AffineTransform2D.Translation(Shift(slice.ColumnSpacing), Shift(slice.RowSpacing)), slice.Width, slice.Height,
            profile.Air))));
    }

    /// <summary>Noise added: HU, or for magnitudes a share of the bright end, folded at 0.</summary>
    public static Volume Noisy(Volume volume, ModalityProfile profile, double amount, Random random)
    {
        var bright = profile.IsHounsfield ? 1 : Percentiles.Of(volume[volume.Count / 2].Image.Pixels, 0.98);
        return new(volume.Select(slice => With(slice, slice.Image.Map(value =>
        {
            var noisy = value + (float)(amount * bright * 2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
            return profile.IsHounsfield ? noisy : Math.Abs(noisy);
        }))));
    }

    /// <summary>The same slice with another picture of the same size.</summary>
    public static VolumeSlice With(VolumeSlice slice, Image image) => At(slice, image, slice.Position);

    private static Volume Pixels(Volume volume, ModalityProfile profile, double across, double down) => new(volume.Select(slice =>
    {
        var (factorX, factorY) = (across / slice.ColumnSpacing, down / slice.RowSpacing);
        var map = new AffineTransform2D(factorX, 0, (factorX - 1) / 2, 0, factorY, (factorY - 1) / 2);
        return new VolumeSlice
        {
            Image = Resampler.Bilinear(slice.Image, map, (int)(slice.Width / factorX), (int)(slice.Height / factorY), profile.Air),
            Position = slice.ToPatient((factorX - 1) / 2, (factorY - 1) / 2),
            RowDirection = slice.RowDirection,
            ColumnDirection = slice.ColumnDirection,
            RowSpacing = down,
            ColumnSpacing = across,
        };
    }));

    private static VolumeSlice Averaged(VolumeSlice[] slices)
    {
        var image = new Image(slices[0].Width, slices[0].Height);
        foreach (var slice in slices)
            for (var i = 0; i < image.Pixels.Length; i++)
                image.Pixels[i] += slice.Image.Pixels[i] / slices.Length;
        return At(slices[0], image, (slices[0].Position + slices[^1].Position) / 2);
    }

    private static VolumeSlice At(VolumeSlice slice, Image image, Vector3D position) => new()
    {
        Image = image,
        Position = position,
        RowDirection = slice.RowDirection,
        ColumnDirection = slice.ColumnDirection,
        RowSpacing = slice.RowSpacing,
        ColumnSpacing = slice.ColumnSpacing,
    };

    private static double HeadMm2(VolumeSlice slice, ModalityProfile profile) =>
        profile.FindHead(slice.Image, slice.ColumnSpacing, slice.RowSpacing).Area * slice.ColumnSpacing * slice.RowSpacing;
}
