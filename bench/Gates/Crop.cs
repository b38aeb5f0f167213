namespace Gateway.Gates;

/// <summary>A head of which 15 to 35 % are cut off on one side.</summary>
internal static class Crop
{
    /// <param name="volume">A whole head.</param>
    /// <param name="profile">Of its modality.</param>
    /// <param name="blackened">False: the pictures end there.</param>
    /// <param name="random">Draws side and share.</param>
    public static Volume Of(Volume volume, ModalityProfile profile, bool blackened, Random random)
    {
        var slice = volume[volume.Count / 2];
        var inside = profile.FindHead(slice.Image, slice.ColumnSpacing, slice.RowSpacing);
        var pixels = Enumerable.Range(0, inside.Pixels.Length).Where(i => inside.Pixels[i]).ToArray();
        var (width, height) = (slice.Width, slice.Height);
        var (left, right, top, bottom) = (
            pixels.Min(i => i % width), pixels.Max(i => i % width), pixels.Min(i => i / width), pixels.Max(i => i / width));
        var part = 0.15 + 0.2 * random.NextDouble();
        var (across, down) = ((int)(part * (right - left)), (int)(part * (bottom - top)));
        (left, right, top, bottom) = random.Next(4) switch
        {
            0 => (left + across, width, 0, height),
            1 => (0, right - across, 0, height),
            2 => (0, width, top + down, height),
            _ => (0, width, 0, bottom - down),
        };
        return new(volume.Select(at => blackened
            ? VolumeVariant.With(at, Blackened(at.Image, left, right, top, bottom, profile.Air))
            : Cut(at, Window(at.Image, left, right, top, bottom), left, top)));
    }

    private static VolumeSlice Cut(VolumeSlice slice, Image image, int left, int top) => new()
    {
        Image = image,
        Position = slice.ToPatient(left, top),
        RowDirection = slice.RowDirection,
        ColumnDirection = slice.ColumnDirection,
        RowSpacing = slice.RowSpacing,
        ColumnSpacing = slice.ColumnSpacing,
    };

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
