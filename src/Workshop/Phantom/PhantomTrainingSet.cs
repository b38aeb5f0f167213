using Gateway.Imaging.Files;
using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.Phantom;

/// <summary>Pairs of pictures for pre-training a model: they have the truth that unpaired real data lacks.</summary>
public static class PhantomTrainingSet
{
    /// <summary>Writes <c>dir/paired/&lt;seed&gt;.t2.png</c>, <c>.ct.png</c> and <c>.wide.png</c> (the CT over
    /// <see cref="GreyRange.Wide"/>), 256x256, 8 bit, 1 mm, masked to the head: one random level between z -3 and 20 mm of
    /// <paramref name="count"/> heads.</summary>
    /// <param name="directory">Made if absent.</param>
    /// <param name="count">Number of heads.</param>
    /// <param name="firstSeed">Seeds count up from here.</param>
    public static void Write(string directory, int count, ulong firstSeed)
    {
        var folder = Directory.CreateDirectory(Path.Combine(directory, "paired")).FullName;
        for (var i = 0; i < count; i++)
        {
            var seed = firstSeed + (ulong)i;
            var slice = Slice(seed);
            PngFile.WriteGrey(Path.Combine(folder, $"{seed}.t2.png"), slice.T2Picture());
            PngFile.WriteGrey(Path.Combine(folder, $"{seed}.ct.png"), slice.CtPicture());
            PngFile.WriteGrey(Path.Combine(folder, $"{seed}.wide.png"), slice.CtPicture(GreyRange.Wide.Low, GreyRange.Wide.High));
        }
    }

    /// <summary>The one slice of a head that is written.</summary>
    internal static PhantomSlice Slice(ulong seed)
    {
        var level = new PhantomRandom(PhantomRandom.Hash(seed ^ 0x1E7E1)).Uniform(-3, 20);
        return HeadPhantom.Sample(new PhantomOptions { Seed = seed }).RenderSlice(level);
    }
}
