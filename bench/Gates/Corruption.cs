namespace Gateway.Gates;

/// <summary>One series of a kind out of one head.</summary>
internal static class Corruption
{
    private const double SlicesMm = 4.5;

    /// <param name="head">Whole and upright.</param>
    /// <param name="kind">What becomes of it.</param>
    /// <param name="profile">Of one of its volumes.</param>
    /// <param name="number">Number among its kind: variants come in turn.</param>
    /// <returns>Null where the kind needs tissues and the head has none.</returns>
    public static Volume? Make(GateHead head, SeriesKind kind, ModalityProfile profile, int number)
    {
        var random = new Random(1000 * (int)kind + number);
        var thin = head.Volumes[profile.Modality];
        Volume Thick(Volume of) => VolumeVariant.Thick(of, SlicesMm);
        Volume With(IEnumerable<Image> images) => new(thin.Zip(images, VolumeVariant.With));
        Volume? ByTissue(Func<PhantomSlice[], Image[]> pictures) => head.Slices is { } slices ? Thick(With(pictures(slices))) : null;
        var volume = Thick(thin);
        return kind switch
        {
            SeriesKind.WrongSequence => ByTissue(slices => TissueContrast.WrongSequence(slices, profile, number)),
            SeriesKind.ContrastAgent => ByTissue(slices => TissueContrast.Enhanced(slices, profile)),
            SeriesKind.PlasticHead => ByTissue(
                slices => TissueContrast.Plastic(slices, profile, (float)(20 + 60 * random.NextDouble()))),
            SeriesKind.WrongBodyPart => head.Slices is null ? null : new(
                volume.Zip(BodyPart.Draw(volume, profile, number % 2 == 0, random), VolumeVariant.With)),
            SeriesKind.HeadFootFlip => new(volume.Zip(volume.Reverse(), (at, other) => VolumeVariant.With(at, other.Image))),
            SeriesKind.FrontBackFlip => Each(volume, image => Flipped(image, both: number % 2 == 1)),
            SeriesKind.SwappedAxes => Each(volume, Swapped),
            SeriesKind.Cropped => Crop.Of(volume, profile, blackened: number % 2 == 1, random),
            SeriesKind.HalfMissing => Half(volume, profile, upper: number % 2 == 0),
            SeriesKind.Shuffled => Shuffled(volume, random),
            SeriesKind.Motion => new(volume.Select(slice => VolumeVariant.With(slice, profile.HasGhosts
                ? HeadMotion.InMr(slice.Image, slice.RowSpacing, random)
                : HeadMotion.InCt(slice.Image, slice.RowSpacing, random)))),
            SeriesKind.Noise => VolumeVariant.Noisy(
                volume, profile, (profile.IsHounsfield ? 60 : 0.35) * (1 + random.NextDouble()), random),
            _ => volume,
        };
    }

    private static Volume Each(Volume volume, Func<Image, Image> change) =>
        new(volume.Select(slice => VolumeVariant.With(slice, change(slice.Image))));

    private static Volume Shuffled(Volume volume, Random random)
    {
        var order = Enumerable.Range(0, volume.Count).ToArray();
        random.Shuffle(order);
        return new(volume.Select((slice, i) => VolumeVariant.With(slice, volume[order[i]].Image)));
    }

    /// <summary>Of the part from the vertex to 125 mm below it, whatever else of the neck is there.</summary>
    private static Volume Half(Volume volume, ModalityProfile profile, bool upper)
    {
        var head = VolumeVariant.Between(volume, profile, 125, 0);
        return new(upper ? head.Skip(head.Count / 2) : head.Take(head.Count / 2));
    }

    private static Image Flipped(Image image, bool both)
    {
        var result = new Image(image.Width, image.Height);
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
                result[x, y] = image[both ? image.Width - 1 - x : x, image.Height - 1 - y];
        return result;
    }

    /// <summary>About the middle of a picture that need not be square.</summary>
    private static Image Swapped(Image image)
    {
        var result = new Image(image.Width, image.Height);
        var (shift, least) = ((image.Width - image.Height) / 2, image.Pixels.Min());
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var (column, row) = (y + shift, x - shift);
                var inside = column >= 0 && row >= 0 && column < image.Width && row < image.Height;
                result[x, y] = inside ? image[column, row] : least;
            }
        }
        return result;
    }
}
