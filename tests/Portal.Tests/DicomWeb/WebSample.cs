using Gateway.Persistence;

namespace Gateway.Portal.Tests;

/// <summary>Studies with real DICOM objects behind their rows, small ones.</summary>
internal static class WebSample
{
    public const int Rows = 8;
    public const int Columns = 6;

    /// <summary>A study of one patient without series.</summary>
    public static Study Study(PatientIdentity patient, string date = "20261122", string accession = "ACC-1", int second = 0)
    {
        var study = Sample.Study(Sample.Noon.AddSeconds(second));
        (study.PatientId, study.AccessionNumber, study.StudyDate, study.StudyTime) = (patient.PatientId, accession, date, "101530.5");
        (study.StudyDescription, study.TimezoneOffsetFromUtc) = ("Brain", "+0100");
        AddPatient(study, patient);
        return study;
    }

    public static StudyPatient AddPatient(Study study, PatientIdentity patient, bool ruledOut = false)
    {
        var row = new StudyPatient
        {
            Id = StudyPatient.IdOf(study.Id, patient), StudyId = study.Id, PatientId = patient.PatientId,
            IssuerOfPatientId = patient.IssuerOfPatientId, PatientName = patient.PatientName,
            PatientBirthDate = patient.PatientBirthDate, PatientSex = patient.PatientSex, AccessionNumber = study.AccessionNumber,
            StudyDate = study.StudyDate, RuledOut = ruledOut,
        };
        study.Patients.Add(row);
        return row;
    }

    /// <summary>A received series and the synthetic one made of it, of as many images each.</summary>
    public static async Task<(Series Source, Series Derived)> AddPairAsync(PortalHost host, Study study, int images = 2)
    {
        var source = Sample.Series(study, SeriesState.Translated);
        var derived = Sample.Series(study, SeriesState.Delivered, SeriesOrigin.Derived, source);
        foreach (var series in (Series[])[source, derived])
            for (var number = 1; number <= images; number++)
                await AddAsync(host.Objects, series, Dataset(study, series, number), number);
        return (source, derived);
    }

    /// <summary>Stores the data set as an image of the series.</summary>
    public static async Task<Instance> AddAsync(
        IObjectStore objects, Series series, DicomDataset dataset, int number = 1, Guid? patient = null, bool conflict = false)
    {
        using var bytes = new MemoryStream();
        await new DicomFile(dataset).SaveAsync(bytes);
        var instance = new Instance
        {
            Id = Sample.NewId(), SeriesId = series.Id,
            SopInstanceUid = dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID),
            SopClassUid = dataset.GetSingleValue<string>(DicomTag.SOPClassUID),
            TransferSyntaxUid = dataset.InternalTransferSyntax.UID.UID,
            InstanceNumber = number, Sha256 = await objects.PutAsync(bytes.ToArray()), Bytes = bytes.Length, ReceivedAt = Sample.Noon,
            StudyPatientId = patient, Conflict = conflict,
        };
        series.Instances.Add(instance);
        return instance;
    }

    /// <summary>A grey image whose pixel number n is 10 n + <paramref name="number"/>, in explicit VR little endian.</summary>
    public static DicomDataset Dataset(Study study, Series series, int number, DicomTransferSyntax? syntax = null)
    {
        var dataset = new DicomDataset(syntax ?? DicomTransferSyntax.ExplicitVRLittleEndian)
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 100" },
            { DicomTag.SOPClassUID, series.Origin == SeriesOrigin.Derived ? Sample.CtStorage : Sample.MrStorage },
            { DicomTag.SOPInstanceUID, Sample.NewUid() },
            { DicomTag.StudyInstanceUID, study.StudyInstanceUid },
            { DicomTag.SeriesInstanceUID, series.SeriesInstanceUid },
            { DicomTag.StudyDate, study.StudyDate ?? "" },
            { DicomTag.Modality, series.Modality! },
            { DicomTag.ReferringPhysicianName, "MÜLLER^EVA" },
            { DicomTag.StudyID, "S77" },
            { DicomTag.PatientID, study.PatientId ?? "" },
            { DicomTag.SeriesNumber, series.SeriesNumber!.Value },
            { DicomTag.InstanceNumber, number },
            { DicomTag.ImagePositionPatient, 0m, 0m, 5.5m * number },
            { DicomTag.WindowCenter, 40m },
            { DicomTag.WindowWidth, 400m },
            { DicomTag.Rows, (ushort)Rows },
            { DicomTag.Columns, (ushort)Columns },
            { DicomTag.SamplesPerPixel, (ushort)1 },
            { DicomTag.PhotometricInterpretation, "MONOCHROME2" },
            { DicomTag.BitsAllocated, (ushort)16 },
            { DicomTag.BitsStored, (ushort)12 },
            { DicomTag.HighBit, (ushort)11 },
            { DicomTag.PixelRepresentation, (ushort)0 },
        };
        IByteBuffer pixels = new MemoryByteBuffer(
            [.. Enumerable.Range(0, Rows * Columns).SelectMany(n => BitConverter.GetBytes((ushort)((10 * n) + number)))]);
        return dataset.AddOrUpdate(DicomVR.OW, DicomTag.PixelData, pixels);
    }
}
