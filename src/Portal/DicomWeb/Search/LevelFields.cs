namespace Gateway.Portal.DicomWeb;

/// <summary>The attributes of a result (PS3.18 tables 10.6.3-3 to 10.6.3-5).</summary>
internal sealed class LevelFields
{
    private const ushort PatientGroup = 0x0010;

    private static readonly DicomTag[] Study =
    [
        DicomTag.SpecificCharacterSet, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.AccessionNumber, DicomTag.InstanceAvailability,
        DicomTag.ModalitiesInStudy, DicomTag.ReferringPhysicianName, DicomTag.TimezoneOffsetFromUTC, DicomTag.RetrieveURL,
        DicomTag.PatientName, DicomTag.PatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex, DicomTag.StudyInstanceUID,
        DicomTag.StudyID, DicomTag.NumberOfStudyRelatedSeries, DicomTag.NumberOfStudyRelatedInstances,
    ];

    private static readonly DicomTag[] Series =
    [
        DicomTag.SpecificCharacterSet, DicomTag.Modality, DicomTag.TimezoneOffsetFromUTC, DicomTag.SeriesDescription,
        DicomTag.RetrieveURL, DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.SeriesNumber,
        DicomTag.NumberOfSeriesRelatedInstances, DicomTag.PerformedProcedureStepStartDate, DicomTag.PerformedProcedureStepStartTime,
        DicomTag.RequestAttributesSequence,
    ];

    private static readonly DicomTag[] Instance =
    [
        DicomTag.SpecificCharacterSet, DicomTag.SOPClassUID, DicomTag.SOPInstanceUID, DicomTag.InstanceAvailability,
        DicomTag.TimezoneOffsetFromUTC, DicomTag.RetrieveURL, DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID,
        DicomTag.InstanceNumber, DicomTag.Rows, DicomTag.Columns, DicomTag.BitsAllocated, DicomTag.NumberOfFrames,
    ];

    private static readonly DicomTag[] OnlyOfInstance =
    [
        DicomTag.SOPClassUID, DicomTag.SOPInstanceUID, DicomTag.InstanceNumber, DicomTag.Rows, DicomTag.Columns, DicomTag.BitsAllocated,
        DicomTag.NumberOfFrames, DicomTag.ImagePositionPatient, DicomTag.SliceLocation,
    ];

    /// <summary>What an image says of its study and patient, beside <see cref="Study"/>.</summary>
    private static readonly DicomTag[] MoreOfStudy =
    [
        DicomTag.StudyDescription, DicomTag.IssuerOfPatientID, DicomTag.OtherPatientIDsSequence, DicomTag.PatientAge,
        DicomTag.PatientComments, DicomTag.NameOfPhysiciansReadingStudy, DicomTag.ReasonForStudyRETIRED,
    ];

    private static readonly DicomTag[] MoreOfSeries =
    [
        DicomTag.SeriesDate, DicomTag.SeriesTime, DicomTag.BodyPartExamined, DicomTag.ProtocolName, DicomTag.PatientPosition,
        DicomTag.Laterality, DicomTag.FrameOfReferenceUID, DicomTag.Manufacturer, DicomTag.ManufacturerModelName,
        DicomTag.InstitutionName, DicomTag.StationName, DicomTag.SoftwareVersions,
    ];

    /// <summary>What the database knows of a result.</summary>
    private static readonly HashSet<DicomTag> Known =
    [
        DicomTag.SpecificCharacterSet, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.AccessionNumber, DicomTag.InstanceAvailability,
        DicomTag.ModalitiesInStudy, DicomTag.TimezoneOffsetFromUTC, DicomTag.RetrieveURL, DicomTag.PatientName, DicomTag.PatientID,
        DicomTag.IssuerOfPatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex, DicomTag.StudyInstanceUID, DicomTag.StudyDescription,
        DicomTag.NumberOfStudyRelatedSeries, DicomTag.NumberOfStudyRelatedInstances, DicomTag.Modality, DicomTag.SeriesDescription,
        DicomTag.SeriesInstanceUID, DicomTag.SeriesNumber, DicomTag.NumberOfSeriesRelatedInstances, DicomTag.SOPClassUID,
        DicomTag.SOPInstanceUID, DicomTag.InstanceNumber,
    ];

    /// <summary>Null: every attribute.</summary>
    private readonly HashSet<DicomTag>? _tags;

    private LevelFields(HashSet<DicomTag>? tags) => _tags = tags;

    /// <summary>Whether an image has to be opened for them.</summary>
    public bool NeedImage => _tags?.IsSubsetOf(Known) != true;

    /// <summary>Which attributes results of this search have: those of the level, of the levels above it that the address does not name,
    /// and what is asked for of these levels (PS3.18 sections 10.6.3.3.1 to 10.6.3.3.3).</summary>
    public static LevelFields Of(SearchRequest request, SearchScope scope)
    {
        if (request is { AllFields: true, Level: QueryLevel.Instance })
            return new(null);
        HashSet<DicomTag> tags = [.. request.Fields, .. request.Keys.Select(match => match.Key.Tag)];
        if (request.Level == QueryLevel.Study)
            tags.RemoveWhere(tag => tag.Group != PatientGroup && !Study.Contains(tag) && !MoreOfStudy.Contains(tag));
        if (request.Level == QueryLevel.Series)
            tags.ExceptWith(OnlyOfInstance);
        if (request.Level == QueryLevel.Study || scope.Study is null)
            tags.UnionWith(Study);
        if (request.Level == QueryLevel.Series || (request.Level == QueryLevel.Instance && scope.Series is null))
            tags.UnionWith(Series);
        if (request.Level == QueryLevel.Instance)
            tags.UnionWith(Instance);
        if (request.AllFields)
            tags.UnionWith(request.Level == QueryLevel.Study ? MoreOfStudy : MoreOfSeries);
        return new(tags);
    }

    public bool Include(DicomTag tag) => _tags?.Contains(tag) != false;
}
