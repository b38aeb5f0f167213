using System.Text.RegularExpressions;
using Gateway.Cli;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.EndToEnd.Tests;

/// <summary>What <c>gateway archive import</c> takes for a head, and for its patient.</summary>
public sealed partial class HeadSourceTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_series_below_a_folder_is_a_head_of_the_modality_and_the_patient_that_its_headers_say()
    {
        Write(PhantomKind.T2, "CT0/Unknown Study/T2");
        Write(PhantomKind.HeadCt, "CT0/Unknown Study/CT PLAIN THIN");
        Write(PhantomKind.HeadCt, "CT1/back", image => image.AddOrUpdate(DicomTag.SyntheticData, "YES"));
        File.WriteAllText(_folder.Combine("LICENSE"), "none");

        var sources = HeadSource.OfDicom(new(_folder.Path)).ToList();

        Assert.Equal(["CT0/Unknown Study/CT PLAIN THIN", "CT0/Unknown Study/T2", "CT1/back"], sources.Select(source => source.Name));
        var (ct, t2, back) = (sources[0].Open(), sources[1].Open(), sources[2].Open());
        Assert.Equal(
            (ShippedModalities.Ct, ShippedModalities.T2, "PHANTOM-3", "PHANTOM-3"),
            (ct.Head!.Profile, t2.Head!.Profile, ct.Head.PatientId, t2.Head.PatientId));
        Assert.Equal((true, false), (ct.Head.HasHeaders, ct.Head.IsOfMany));
        Assert.Equal(sources[0].Open().Head!.ContentDigest, ct.Head.ContentDigest);
        Assert.NotEqual(ct.Head.ContentDigest, t2.Head.ContentDigest);
        Assert.Equal((null, ReasonCode.Synthetic.Name), (back.Head, Assert.Single(back.Objections).Code));
        using var memory = new DecodedSlices(1 << 20);
        Assert.Equal(24, ct.Head.Read(memory).Count);
    }

    [Fact]
    public void A_NIfTI_files_patient_is_what_the_pattern_matches_of_its_name()
    {
        foreach (var name in (string[])[
            "a/IXI012-HH-1211-T2.nii.gz", "a/patient01_study1_T2W.nii", "a/patient01_study2_T2W.nii", "b/sub-07_T2w.nii.gz"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.Combine(name))!);
            NiftiFile.Write(_folder.Combine(name), new(2, 2, 2, AffineTransform3D.Identity));
        }

        var heads = HeadSource.OfFiles(_folder.Path, ShippedModalities.T2, Usual()).Select(source => source.Open().Head!).ToList();

        Assert.Equal(["IXI012-HH-1211-T2", "patient01", "patient01", "sub-07"], heads.Select(head => head.PatientId));
        Assert.All(heads, head => Assert.False(head.HasHeaders || head.IsOfMany));
        Assert.Equal(
            "IXI012", HeadSource.OfFiles(_folder.Combine("a/IXI012-HH-1211-T2.nii.gz"), ShippedModalities.T2, Ixi()).Single()
                .Open().Head!.PatientId);
    }

    [Fact]
    public void Loose_slices_of_a_folder_are_all_one_subjects_who_only_trains()
    {
        Directory.CreateDirectory(_folder.Combine("ct_256"));
        foreach (var name in (string[])["1.png", "2.png"])
            PngFile.WriteGrey(_folder.Combine("ct_256", name), new Image(4, 4, [.. Enumerable.Repeat(7f, 16)]));

        var heads = HeadSource.OfFiles(_folder.Combine("ct_256"), ShippedModalities.Ct, Usual())
            .Select(source => source.Open().Head!).ToList();

        Assert.Equal(["ct_256", "ct_256"], heads.Select(head => head.PatientId));
        Assert.All(heads, head => Assert.True(head.IsOfMany));
        Assert.Throws<VerbException>(() => HeadSource.OfFiles(_folder.Combine("ct_256"), ShippedModalities.T2, Usual()));
        Assert.Throws<VerbException>(() => HeadSource.OfFiles(_folder.Combine("nowhere"), ShippedModalities.T2, Usual()));
    }

    private void Write(PhantomKind kind, string folder, Action<DicomDataset>? change = null)
    {
        var (path, number) = (_folder.Combine(folder), 0);
        Directory.CreateDirectory(path);
        foreach (var image in PhantomSeries.Create(new() { Kind = kind, Seed = 3, Size = 64, Spacing = 3.6, Study = folder }))
        {
            change?.Invoke(image);
            new DicomFile(image).Save(Path.Combine(path, $"CT{number++:000000}.dcm"));
        }
    }

    [GeneratedRegex("^[^._]+")]
    private static partial Regex Usual();

    [GeneratedRegex("^IXI[0-9]+")]
    private static partial Regex Ixi();
}
