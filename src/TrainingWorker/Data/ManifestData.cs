using Gateway.Imaging.Files;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;

namespace Gateway.TrainingWorker.Data;

/// <summary>Reads the samples of a manifest out of the archive's objects.</summary>
public static class ManifestData
{
    /// <summary>Reads manifest and samples completely, in the manifest's order: 128 KiB of memory a slice.</summary>
    /// <param name="manifest">Digest of the manifest.</param>
    /// <param name="objects">Where its object and those of the samples are.</param>
    /// <param name="pair">Source and target of the pair's first direction, in this order.</param>
    /// <param name="neighbours">So many slices on each side of the translated one are trained on too, as slices of their own. Validation
    /// and test have one a sample.</param>
    /// <param name="cancel">Ends it between two samples.</param>
    /// <exception cref="FileNotFoundException">There is no such manifest.</exception>
    /// <exception cref="InvalidDataException">It is not one of this form, or an object is no sample.</exception>
    /// <exception cref="IOException">The object store is away.</exception>
    public static async Task<ManifestPictures> LoadAsync(
        string manifest, IObjectStore objects, IReadOnlyList<ModalityProfile> pair, int neighbours, CancellationToken cancel)
    {
        await using var json = objects.OpenRead(manifest);
        var document = await ManifestDocument.ReadAsync(json, cancel);
        var (missing, pictures) = (0, new List<(ManifestEntry Entry, PreparedPicture Picture)>());
        foreach (var entry in document.Samples)
        {
            cancel.ThrowIfCancellationRequested();
            if (Read(entry, objects, entry.Split == ArchiveSplit.Train ? neighbours : 0) is { } slices)
                pictures.AddRange(slices.Select(slice => (entry, slice)));
            else
                missing++;
        }
        return new(new() { Sides = [.. pair.Select(Side)], PairSets = [] }, missing);

        TrainingSide Side(ModalityProfile profile) => new()
        {
            Profile = profile,
            Train = Of(profile, ArchiveSplit.Train),
            Validation = Of(profile, ArchiveSplit.Validation),
            Test = Of(profile, ArchiveSplit.Test),
        };

        List<PreparedPicture> Of(ModalityProfile profile, ArchiveSplit split) =>
            [.. pictures.Where(one => one.Entry.Modality == profile.Modality.Code && one.Entry.Split == split).Select(one => one.Picture)];
    }

    private static List<PreparedPicture>? Read(ManifestEntry entry, IObjectStore objects, int neighbours)
    {
        try
        {
            using var file = new BufferedStream(objects.OpenRead(entry.Sha256));
            var voxels = NiftiFile.ReadVoxels(file);
            if (voxels.Width != voxels.Height || voxels.Depth != entry.Slices || entry.Centre >= voxels.Depth)
                throw new InvalidDataException(
                    $"{entry.Sha256}: {voxels.Width} x {voxels.Height} x {voxels.Depth}, not {entry.Slices} squares.");
            var (from, to) = (Math.Max(0, entry.Centre - neighbours), Math.Min(voxels.Depth - 1, entry.Centre + neighbours));
            return [.. Enumerable.Range(from, to - from + 1)
                .Select(z => new PreparedPicture($"{entry.Sha256}.{z}", voxels.Width, Stored(voxels.Plane(z))))];
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static short[] Stored(ReadOnlySpan<float> plane)
    {
        var stored = new short[plane.Length];
        for (var i = 0; i < stored.Length; i++)
            stored[i] = (short)Math.Round(plane[i] * short.MaxValue);
        return stored;
    }
}
