using System.Globalization;

using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>Addresses of DICOMweb resources (PS3.18 section 10.1.1), absolute, as the caller reached us.</summary>
internal sealed class DicomWebAddress(HttpRequest request)
{
    public const string Root = "/dicomweb";

    private readonly string _root = $"{request.Scheme}://{request.Host}{request.PathBase}{Root}";

    public string Study(Study study) => $"{_root}/studies/{study.StudyInstanceUid}";

    public string Series(Study study, Series series) => $"{Study(study)}/series/{series.SeriesInstanceUid}";

    public string Instance(Study study, Series series, Instance instance) =>
        $"{Series(study, series)}/instances/{instance.SopInstanceUid}";

    public string Instance(StoredInstance instance) =>
        $"{_root}/studies/{instance.StudyUid}/series/{instance.SeriesUid}/instances/{instance.SopUid}";

    /// <summary>Below it, the path of an element's tag.</summary>
    public string BulkData(StoredInstance instance) => $"{Instance(instance)}/bulkdata/";

    /// <param name="frame">From 1 on.</param>
    public string Frame(StoredInstance instance, int frame) =>
        string.Create(CultureInfo.InvariantCulture, $"{Instance(instance)}/frames/{frame}");
}
