using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Tests.Evaluation;

/// <summary>Round heads: brain with waves of the subject's own, a skull, a scalp; T2 has the greys turned round; 256 x 256.</summary>
internal static class TestPairs
{
    public const int Side = 256;

    public static Direction ToCt => ShippedModalities.T2.Direction;

    /// <param name="subject">Chooses the waves.</param>
    /// <param name="level">mm.</param>
    /// <param name="blood">HU of a bleed of 8 mm radius of kind 4 at (150, 110); null for none.</param>
    public static HeldOutPair Of(string subject, double? level, float? blood = null)
    {
        var (hu, kinds) = (new Image(Side, Side), new byte[Side * Side]);
        var phase = subject.Sum(letter => letter) % 7;
        for (var i = 0; i < kinds.Length; i++)
        {
            var (x, y) = (i % Side, i / Side);
            var radius = Math.Sqrt((x - 128) * (x - 128) + (y - 128) * (y - 128));
            hu.Pixels[i] = radius switch
            {
                < 75 => 30 + 8 * (float)Math.Sin((x + 11 * phase) / 9.0) * MathF.Cos((y - 5 * phase) / 7f),
                < 83 => 900,
                < 92 => 20,
                _ => -1000,
            };
            if (blood is { } dense && (x - 150) * (x - 150) + (y - 110) * (y - 110) < 64)
                (hu.Pixels[i], kinds[i]) = (dense, 4);
        }
        var ct = hu.Map(GreyRange.Brain.ToUnit);
        return new()
        {
            Name = $"{subject} {level}",
            Subject = subject,
            LevelMm = level,
            Pictures = new Dictionary<Modality, Image> { [ToCt.To] = ct, [ToCt.From] = Turned(ct) },
            Wide = hu,
            Findings = kinds,
            Brain = BrainMask.OfCt(ct, GreyRange.Brain),
        };
    }

    /// <summary>Either modality of the other: air stays air.</summary>
    public static Image Turned(Image image) => image.Map(v => v <= -1 ? -1 : -0.9f * v);
}
