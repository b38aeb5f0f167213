namespace Gateway.Portal.DicomWeb;

/// <summary>What a search gives back: studies, series or instances (PS3.18 section 10.6.1).</summary>
internal enum QueryLevel
{
    Study,
    Series,
    Instance,
}
