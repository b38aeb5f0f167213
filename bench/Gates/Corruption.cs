namespace Gateway.Gates;

/// <summary>One series of a kind out of one head.</summary>
internal static class Corruption
{
    /// <param name="slices">The head, whole and upright.</param>
    /// <param name="kind">What becomes of it.</param>
    /// <param name="profile">Which of the two images of every slice.</param>
    /// <param name="number">Number among its kind: variants come in turn.</param>
    public static Volume Make(PhantomSlice[] slices, SeriesKind kind, ModalityProfile profile, int number)
    {
        var random = new Random(1000 * (int)kind + number);
        var originals = slices.Select(slice => slice.ToVolumeSlice(profile.Modality)).ToArray();
        Volume With(IEnumerable<Image> images) => new(originals.Zip(images, Replace));
        return kind switch
        {
            SeriesKind.WrongSequence => With(TissueContrast.WrongSequence(slices, profile, number)),
            SeriesKind.ContrastAgent => With(TissueContrast.Enhanced(slices, profile)),
            SeriesKind.WrongBodyPart => With(BodyPart.Draw(slices, profile, number % 2 == 0, random)),
            SeriesKind.PlasticHead => With(TissueContrast.Plastic(slices, profile, (float)(20 + 60 * random.NextDouble()))),
            SeriesKind.HeadFootFlip => With(originals.Reverse().Select(slice => slice.Image)),
            SeriesKind.FrontBackFlip => With(originals.Select(slice => Flipped(slice.Image, both: number % 2 == 1))),
            SeriesKind.Cropped => Cropped(slices, originals, profile, number, random),
            SeriesKind.HalfMissing => new(number % 2 == 0 ? originals[(originals.Length / 2)..] : originals[..(originals.Length / 2)]),
            SeriesKind.Motion => With(originals.Select(slice => profile.HasGhosts
                ? HeadMotion.InMr(slice.Image, slice.RowSpacing, random)
                : HeadMotion.InCt(slice.Image, slice.RowSpacing, random))),
            _ => new(originals),
        };
    }

    private static VolumeSlice Replace(VolumeSlice slice, Image image) => Cut(slice, image, 0, 0);

    private static VolumeSlice Cut(VolumeSlice slice, Image image, int left, int top) => new()
    {
        Image = image,
        Position = slice.ToPatient(left, top),
        RowDirection = slice.RowDirection,
        ColumnDirection = slice.ColumnDirection,
        RowSpacing = slice.RowSpacing,
        ColumnSpacing = slice.ColumnSpacing,
    };

    private static Image Flipped(Image image, bool both)
    {
        var result = new Image(image.Width, image.Height);
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
                result[x, y] = image[both ? image.Width - 1 - x : x, image.Height - 1 - y];
        return result;
    }

    private static Volume Cropped(PhantomSlice[] slices, VolumeSlice[] originals, ModalityProfile profile, int number, Random random)
    {
        var (width, height) = (slices[0].Plane.Width, slices[0].Plane.Height);
        var inside = slices.SelectMany(slice => Enumerable.Range(0, slice.Head.Length).Where(i => slice.Head[i])).ToArray();
        var (left, right, top, bottom) =
            (inside.Min(i => i % width), inside.Max(i => i % width), inside.Min(i => i / width), inside.Max(i => i / width));
        var part = 0.15 + 0.2 * random.NextDouble();
        var (across, down) = ((int)(part * (right - left)), (int)(part * (bottom - top)));
        (left, right, top, bottom) = random.Next(4) switch
        {
            0 => (left + across, width, 0, height),
            1 => (0, right - across, 0, height),
            2 => (0, width, top + down, height),
            _ => (0, width, 0, bottom - down),
        };
        return new(originals.Select(slice => number % 2 == 0
            ? Cut(slice, Window(slice.Image, left, right, top, bottom), left, top)
            : Replace(slice, Blackened(slice.Image, left, right, top, bottom, profile.Air))));
    }

    private static Image Window(Image image, int left, int right, int top, int bottom)
    {
        var result = new Image(right - left, bottom - top);
        for (var y = 0; y < result.Height; y++)
            for (var x = 0; x < result.Width; x++)
                result[x, y] = image[left + x, top + y];
        return result;
    }

    private static Image Blackened(Image image, int left, int right, int top, int bottom, float air)
    {
        var result = new Image(image.Width, image.Height);
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
                result[x, y] = x >= left && x < right && y >= top && y < bottom ? image[x, y] : air;
        return result;
    }
}
