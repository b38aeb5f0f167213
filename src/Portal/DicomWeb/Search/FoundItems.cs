using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>The attributes of what a search found: what the database knows, and of the rest what an image says.</summary>
/// <param name="objects">Images are opened only for attributes that the database does not know.</param>
/// <param name="fields">Which attributes are returned.</param>
/// <param name="address">Where things are retrieved.</param>
internal sealed class FoundItems(IObjectStore objects, LevelFields fields, DicomWebAddress address)
{
    private const ushort PatientGroup = 0x0010;

    /// <summary>Writes one result, its attributes in the order of their tags.</summary>
    public void Write(Found found, DicomJson json)
    {
        var known = Known(found);
        using var image = fields.NeedImage ? Open(found) : null;
        var more = image is null ? [] : image.Dataset.Where(item => !known.Contains(item.Tag) && MayTell(found, item.Tag));
        json.Write(known.Concat(more).Where(item => fields.Include(item.Tag)).OrderBy(item => item.Tag));
    }

    /// <summary>Null for an image that the store lost or that is damaged.</summary>
    private StoredObject? Open(Found found)
    {
        try
        {
            return StoredObject.Open(objects, found.Sample);
        }
        catch (Exception e) when (e is FileNotFoundException or DicomFileException)
        {
            return null;
        }
    }

    /// <summary>One image of a study whose images name two patients does not say whose it is.</summary>
    private static bool MayTell(Found found, DicomTag tag) =>
        found.Instance is not null || !found.Study.PatientConflict || tag.Group != PatientGroup;

    private DicomDataset Known(Found found)
    {
        var known = new DicomDataset().NotValidated();
        var study = found.Study;
        known.Add(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        Put(known, DicomTag.StudyDate, study.StudyDate);
        Put(known, DicomTag.StudyTime, study.StudyTime);
        Put(known, DicomTag.AccessionNumber, study.AccessionNumber);
        Put(known, DicomTag.StudyDescription, study.StudyDescription);
        if (study.TimezoneOffsetFromUtc is { Length: > 0 } zone)
            known.Add(DicomTag.TimezoneOffsetFromUTC, zone);
        Put(known, DicomTag.StudyInstanceUID, study.StudyInstanceUid);
        known.Add(DicomTag.ModalitiesInStudy, [.. found.Modalities]);
        known.Add(DicomTag.NumberOfStudyRelatedSeries, found.SeriesOfStudy);
        known.Add(DicomTag.NumberOfStudyRelatedInstances, found.InstancesOfStudy);
        known.Add(DicomTag.InstanceAvailability, "ONLINE");
        PutPatient(known, found);
        PutSeries(known, found);
        known.AddOrUpdate(DicomTag.RetrieveURL, Address(found));
        return known;
    }

    /// <summary>While the study's images name two patients, nothing here says which of them it is (docs/decisions/0010).</summary>
    private static void PutPatient(DicomDataset known, Found found)
    {
        var patient = found.Study.PatientConflict ? null
            : found.Patients.OrderByDescending(p => p.PatientId == found.Study.PatientId).ThenBy(p => p.Id).FirstOrDefault();
        Put(known, DicomTag.PatientName, patient?.PatientName);
        Put(known, DicomTag.PatientID, patient?.PatientId ?? found.Study.PatientId);
        Put(known, DicomTag.PatientBirthDate, patient?.PatientBirthDate);
        Put(known, DicomTag.PatientSex, patient?.PatientSex);
        if ((patient?.IssuerOfPatientId ?? found.Study.IssuerOfPatientId) is { Length: > 0 } issuer)
            known.Add(DicomTag.IssuerOfPatientID, issuer);
    }

    private static void PutSeries(DicomDataset known, Found found)
    {
        if (found.Series is not { } series)
            return;
        Put(known, DicomTag.Modality, series.Modality);
        Put(known, DicomTag.SeriesInstanceUID, series.SeriesInstanceUid);
        if (series.SeriesDescription is { } description)
            known.Add(DicomTag.SeriesDescription, description);
        if (series.BodyPartExamined is { } part)
            known.Add(DicomTag.BodyPartExamined, part);
        PutNumber(known, DicomTag.SeriesNumber, series.SeriesNumber);
        known.Add(DicomTag.NumberOfSeriesRelatedInstances, found.InstancesOfSeries);
        if (found.Instance is not { } instance)
            return;
        Put(known, DicomTag.SOPClassUID, instance.SopClassUid);
        Put(known, DicomTag.SOPInstanceUID, instance.SopInstanceUid);
        PutNumber(known, DicomTag.InstanceNumber, instance.InstanceNumber);
    }

    private string Address(Found found) => found switch
    {
        { Series: { } series, Instance: { } instance } => address.Instance(found.Study, series, instance),
        { Series: { } series } => address.Series(found.Study, series),
        _ => address.Study(found.Study),
    };

    private static void Put(DicomDataset known, DicomTag tag, string? value)
    {
        if (string.IsNullOrEmpty(value))
            known.AddOrUpdate(tag, Array.Empty<string>());
        else
            known.AddOrUpdate(tag, value);
    }

    private static void PutNumber(DicomDataset known, DicomTag tag, int? value)
    {
        if (value is { } number)
            known.AddOrUpdate(tag, number);
        else
            known.AddOrUpdate(tag, Array.Empty<int>());
    }
}
