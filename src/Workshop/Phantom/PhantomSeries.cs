using System.Buffers.Binary;
using System.Numerics;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.Workshop.Phantom;

/// <summary>The phantom as a scanner would send it: a DICOM series of axial slices from the base of the skull upwards.</summary>
public static class PhantomSeries
{
    /// <summary>Rescale Intercept of the CT series: stored values are 0..4095.</summary>
    internal const float CtIntercept = -1024;

    /// <summary>The places of the slices in the head's coordinates, from below upwards, as a reader of the series
    /// must find them. MR is tilted by
    /// a few degrees; CT is exactly axial.</summary>
    public static IReadOnlyList<PhantomPlane> Planes(PhantomSeriesOptions options)
    {
        var exact = PhantomScan.Of(options.Kind).Profile.IsHounsfield;
        var random = new PhantomRandom(PhantomRandom.Hash(options.Seed ^ (0x5E41E5u + (uint)options.Kind)));
        var turns = exact ? default
            : new Vector3(random.Uniform(-0.12f, 0.12f), random.Uniform(-0.03f, 0.03f), random.Uniform(-0.03f, 0.03f));
        var middle = PhantomPlane.Axial(new Vector3(0, 2, 12.5f), options.Size, (float)options.Spacing, turns)
            with
        { Thickness = (float)(exact ? options.SliceSpacing : 0.8 * options.SliceSpacing) };
        return [.. Enumerable.Range(0, options.Slices).Select(index => middle with
        {
            Origin = middle.Origin + ((float)((index - ((options.Slices - 1) / 2.0)) * options.SliceSpacing) * middle.Normal),
        })];
    }

    /// <summary>The images of the series, one after another, in explicit VR little endian.</summary>
    public static IEnumerable<DicomDataset> Create(PhantomSeriesOptions options)
    {
        var head = HeadPhantom.Sample(
            new PhantomOptions { Seed = options.Seed, LeftMarker = options.LeftMarker, Findings = options.Findings });
        var headers = new PhantomHeaders(options);
        var planes = Planes(options);
        for (var index = 0; index < planes.Count; index++)
        {
            var dataset = headers.For(index, planes[index]);
            var pixels = StoredPixels(head.Render(planes[index]), PhantomScan.Of(options.Kind).Profile);
            if (options.ShortPixelData && index == planes.Count / 2)
                pixels = pixels[..(pixels.Length / 4 * 2)];
            IByteBuffer buffer = new MemoryByteBuffer(pixels);
            dataset.AddOrUpdate(DicomVR.OW, DicomTag.PixelData, buffer);
            yield return dataset;
        }
    }

    /// <summary>Writes the series as <c>IM0001.dcm</c> and so on.</summary>
    /// <param name="directory">Made if absent.</param>
    /// <param name="options">Which series.</param>
    /// <returns>The files, from below upwards.</returns>
    public static IReadOnlyList<string> Write(string directory, PhantomSeriesOptions options)
    {
        Directory.CreateDirectory(directory);
        var files = new List<string>();
        foreach (var dataset in Create(options))
        {
            files.Add(Path.Combine(directory, $"IM{files.Count + 1:0000}.dcm"));
            new DicomFile(dataset).Save(files[^1]);
        }
        return files;
    }

    private static byte[] StoredPixels(PhantomSlice slice, ModalityProfile profile)
    {
        var values = slice.Values(profile.Modality);
        var intercept = profile.IsHounsfield ? CtIntercept : 0;
        var bytes = new byte[2 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var stored = (ushort)Math.Clamp(MathF.Round(values[i] - intercept), 0, 4095);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), stored);
        }
        return bytes;
    }
}
