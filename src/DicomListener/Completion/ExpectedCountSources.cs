namespace Gateway.DicomListener;

/// <summary>Which statements of a caller on the number of images in a study are trusted; C-STORE itself (PS3.7 §9.1.1) has none.</summary>
[Flags]
public enum ExpectedCountSources
{
    /// <summary>None: a study is complete when nothing came for long enough (PS3.7 §9.1.1 knows no end of study).</summary>
    None = 0,

    /// <summary>Number of Study Related Instances (0020,1208), if the images carry it (PS3.4 §C.3.4).</summary>
    StudyRelatedInstances = 1,

    /// <summary>A request for storage commitment (PS3.4 §J.3.2), which names all images that the caller has of a study.</summary>
    StorageCommitment = 2,
}
