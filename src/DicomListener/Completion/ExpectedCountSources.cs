namespace Gateway.DicomListener;

/// <summary>By what a caller is believed when it says how many images a study has: C-STORE itself (PS3.7 §9.1.1) never does.</summary>
[Flags]
public enum ExpectedCountSources
{
    /// <summary>By nothing: its studies are complete when they were quiet for long enough (PS3.7 §9.1.1 knows no end of study).</summary>
    None = 0,

    /// <summary>By Number of Study Related Instances (0020,1208), where its images carry it (PS3.4 §C.3.4).</summary>
    StudyRelatedInstances = 1,

    /// <summary>By a request for storage commitment (PS3.4 §J.3.2): it names all images that the caller has of a study.</summary>
    StorageCommitment = 2,
}
