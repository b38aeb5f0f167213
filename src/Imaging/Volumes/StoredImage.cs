using Gateway.Contracts.Reasons;
using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Volumes;

/// <summary>A DICOM image in a file, whose pixels are read when they are needed.</summary>
/// <param name="Open">Opens its Part 10 file as a seekable stream.</param>
/// <param name="Decode">Gives a data set native pixel data; a <see cref="DicomDataException"/> says that it cannot.</param>
public sealed record StoredImage(Func<Stream> Open, Func<DicomDataset, DicomDataset> Decode)
{
    /// <summary>Of an enhanced image, the numbers of the frames that are used, from 1; null for all.</summary>
    public IReadOnlyList<int>? Frames { get; init; }

    /// <summary>Its slices. A single-frame image is opened anew for each reading; an enhanced one, whose header is long, stays
    /// open.</summary>
    /// <exception cref="VolumeException">As of a <see cref="Volume"/>; what is wrong with pixels shows when they are read.</exception>
    internal IEnumerable<VolumeSlice> Slices(DecodedSlices memory)
    {
        using var stream = Open();
        var dataset = Parse(stream);
        var (headers, format, enhanced) = (DicomSlice.Headers(dataset), StoredPixels.Of(dataset), EnhancedImage.IsEnhanced(dataset));
        var open = enhanced ? Parse(memory.Keep(Open())) : null;
        return [
            .. headers.Index().Where(at => open is null || Frames?.Contains(at.Index + 1) != false).Select(at => Slice(at.Item, at.Index))];

        VolumeSlice Slice(DicomDataset header, int frame)
        {
            var key = new object();
            return DicomSlice.Slice(
                header, enhanced ? frame + 1 : null, format.Width, format.Height,
                () => memory.Get(key, () => format.Read(Bytes(open, frame), header)));
        }
    }

    private byte[] Bytes(DicomDataset? enhanced, int frame)
    {
        if (enhanced is null)
        {
            using var stream = Open();
            return Bytes(Parse(stream));
        }
        DicomDataset one;
        lock (enhanced)     // one stream for all threads
            one = Frame(enhanced, frame);
        return Bytes(one);
    }

    private byte[] Bytes(DicomDataset image)
    {
        try
        {
            return DicomSlice.Frame(DicomPixelData.Create(image.InternalTransferSyntax.IsEncapsulated ? Decode(image) : image), 0);
        }
        catch (DicomDataException e)
        {
            throw new VolumeException(ReasonCode.Compressed, e.Message);
        }
    }

    /// <summary>One frame as a single-frame image, compressed as it is, so that the others need not be decoded with it.</summary>
    private static DicomDataset Frame(DicomDataset enhanced, int frame)
    {
        var one = new DicomDataset(enhanced.InternalTransferSyntax);
        DicomTag[] others =
        [
            DicomTag.PixelData, DicomTag.NumberOfFrames, DicomTag.SharedFunctionalGroupsSequence, DicomTag.PerFrameFunctionalGroupsSequence,
            DicomTag.ExtendedOffsetTable, DicomTag.ExtendedOffsetTableLengths,
        ];
        enhanced.CopyTo(one, [.. enhanced.Select(item => item.Tag).Except(others)]);
        IByteBuffer bytes = new MemoryByteBuffer(DicomSlice.Frame(DicomPixelData.Create(enhanced), frame));
        DicomPixelData.Create(one, true).AddFrame(bytes);
        return one;
    }

    private static DicomDataset Parse(Stream stream) => DicomFile.Open(stream, FileReadOption.ReadLargeOnDemand).Dataset;
}
