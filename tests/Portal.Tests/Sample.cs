using Gateway.Contracts.Reasons;
using Gateway.Persistence;

namespace Gateway.Portal.Tests;

/// <summary>Rows as the listener and the translator leave them.</summary>
internal static class Sample
{
    public const string CtStorage = "1.2.840.10008.5.1.4.1.1.2";
    public const string MrStorage = "1.2.840.10008.5.1.4.1.1.4";
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static int _count;

    public static Guid NewId() => Guid.CreateVersion7(Noon.AddSeconds(Interlocked.Increment(ref _count)));

    public static string NewUid() => $"1.2.826.0.1.3680043.8.498.{Interlocked.Increment(ref _count)}";

    public static Study Study(DateTimeOffset? received = null, StudyState state = StudyState.Received) => new()
    {
        Id = NewId(),
        StudyInstanceUid = NewUid(),
        State = state,
        Revision = 1,
        FirstReceivedAt = received ?? Noon,
        LastReceivedAt = (received ?? Noon).AddSeconds(3),
        CompletionRule = "released-quiet",
        CompletedAt = (received ?? Noon).AddSeconds(9),
        CompletedInstances = 2,
        PatientId = "4711",
        AccessionNumber = "ACC-1",
    };

    public static Series Series(Study study, SeriesState state, SeriesOrigin origin = SeriesOrigin.Received, Series? source = null)
    {
        var series = new Series
        {
            Id = NewId(),
            StudyId = study.Id,
            SeriesInstanceUid = NewUid(),
            Origin = origin,
            State = state,
            Modality = origin == SeriesOrigin.Received ? "MR" : "CT",
            SeriesNumber = origin == SeriesOrigin.Received ? 4 : 1004,
            SeriesDescription = origin == SeriesOrigin.Received ? "t2_tse_tra" : "SYNTHETIC CT (AI) from t2_tse_tra - not for diagnosis",
            BodyPartExamined = "BRAIN",
            DerivedFromSeriesId = source?.Id,
            CreatedAt = study.FirstReceivedAt.AddSeconds(40),
        };
        study.Series.Add(series);
        return series;
    }

    public static Instance Instance(
        Series series, string sha256, int number = 1, string? uid = null, bool conflict = false, Guid? patient = null)
    {
        var instance = new Instance
        {
            Id = NewId(),
            SeriesId = series.Id,
            SopInstanceUid = uid ?? NewUid(),
            SopClassUid = series.Origin == SeriesOrigin.Derived ? CtStorage : MrStorage,
            TransferSyntaxUid = "1.2.840.10008.1.2.1",
            InstanceNumber = number,
            Sha256 = sha256,
            Bytes = 1,
            ReceivedAt = Noon,
            Conflict = conflict,
            StudyPatientId = patient,
        };
        series.Instances.Add(instance);
        return instance;
    }

    /// <summary>A received series that became a synthetic one, two images each, objects and pictures in the store.</summary>
    public static async Task<Study> TranslatedAsync(IObjectStore objects, IReadOnlyDictionary<string, byte[]>? pictures = null)
    {
        var study = Study();
        var source = Series(study, SeriesState.Translated);
        var derived = Series(study, SeriesState.Delivered, SeriesOrigin.Derived, source);
        (derived.ModelName, derived.ModelDigest, derived.ModelDeviceUid) = ("cyclegan-brain 1.2", new string('a', 64), "2.25.100");
        derived.Measures = new() { ["nccBefore"] = 0.412, ["nccAfter"] = 0.873, ["seconds.load"] = 0.31, ["seconds.register"] = 2.046 };
        foreach (var series in study.Series)
            for (var number = 1; number <= 2; number++)
                Instance(
                    series,
                    await objects.PutAsync("image "u8.ToArray().Append((byte)number).Concat(series.Id.ToByteArray()).ToArray()), number);
        source.ChosenSopInstanceUid = source.Instances[1].SopInstanceUid;
        foreach (var (kind, png) in pictures ?? new Dictionary<string, byte[]>())
            derived.Pictures.Add(new() { Id = NewId(), SeriesId = derived.Id, Kind = kind, Sha256 = await objects.PutAsync(png) });
        return study;
    }

    /// <summary>A study whose two series name two patients, each with one image.</summary>
    public static Study InConflict()
    {
        var study = Study();
        (study.PatientId, study.AccessionNumber, study.PatientConflict) = (null, null, true);
        foreach (var identity in (PatientIdentity[])[
            new("4711", "", "DOE^JOHN", "19700101", "M"), new("4712", "WARD7", "ROE^ANNA", "19800202", "F")])
        {
            var patient = new StudyPatient
            {
                Id = StudyPatient.IdOf(study.Id, identity), StudyId = study.Id, PatientId = identity.PatientId,
                IssuerOfPatientId = identity.IssuerOfPatientId,
                PatientName = identity.PatientName, PatientBirthDate = identity.PatientBirthDate, PatientSex = identity.PatientSex,
                AccessionNumber = "ACC-" + identity.PatientId,
            };
            study.Patients.Add(patient);
            var series = Series(study, SeriesState.Held);
            series.Reasons.Add(ReasonCode.PatientConflict.Because("The images of the study name more than one patient."));
            Instance(series, identity.PatientId, patient: patient.Id);
        }
        return study;
    }

    public static Delivery Delivery(Instance instance, DeliveryState state, string destination = "PACS") => new()
    {
        Id = NewId(),
        InstanceId = instance.Id,
        Destination = destination,
        WaitingSince = Noon,
        State = state,
        SentAt = Noon.AddMinutes(1),
        DicomStatus = state == DeliveryState.Parked ? 0xA700 : 0,
        Error = state == DeliveryState.Parked ? "Out of resources" : null,
    };

    public static Refusal Refusal(
        string callingAe = "STRANGER", string text = "The calling AE title is not on the list.", int second = 0) => new()
        {
            Id = NewId(),
            At = Noon.AddSeconds(second),
            CallingAe = callingAe,
            CalledAe = "GATEWAY",
            RemoteAddress = "127.0.0.1",
            Code = "calling-ae-not-recognized",
            Text = text,
        };

    public static Commitment Commitment(string callingAe, int second = 0) => new()
    {
        Id = NewId(),
        TransactionUid = $"2.25.{second}",
        CallingAe = callingAe,
        CalledAe = "GATEWAY",
        RequestedAt = Noon.AddSeconds(second),
        Instances = [new("1.2.840.10008.5.1.4.1.1.4", "2.25.1")],
    };

    public static Failure Failure(Study study, string text = "The model file is missing.", int second = 0) => new()
    {
        Id = NewId(),
        MessageType = "Gateway.Contracts.TranslateSeries",
        Body = "{}",
        StudyId = study.Id,
        Code = "model-missing",
        Text = text,
        At = Noon.AddSeconds(second),
    };

    public static Association Association(string callingAe = "SCANNER", int second = 0) => new()
    {
        Id = NewId(),
        CallingAe = callingAe,
        CalledAe = "GATEWAY",
        RemoteAddress = "127.0.0.1",
        OpenedAt = Noon.AddSeconds(second),
        ClosedAt = Noon.AddSeconds(second + 4),
        Outcome = AssociationOutcome.Released,
        Stored = 2,
    };

    /// <summary>A minimal ImagingStudy, as the publisher stores it.</summary>
    public static FhirResource ImagingStudy(Study study, string patientSystem = "urn:oid:2.25.1")
    {
        var id = study.Id.ToString();
        return new()
        {
            Type = "ImagingStudy",
            ResourceId = id,
            Version = 3,
            UpdatedAt = Noon.AddMinutes(2),
            Identifier = $"urn:dicom:uid|urn:oid:{study.StudyInstanceUid}",
            StudyId = study.Id,
            Json = $$$"""
                {"resourceType":"ImagingStudy","id":"{{{id}}}","meta":{"versionId":"3","lastUpdated":"2026-11-22T12:02:00.000+00:00"},
                "identifier":[{"system":"urn:dicom:uid","value":"urn:oid:{{{study.StudyInstanceUid}}}"},{"value":"{{{study.AccessionNumber}}}"}],
                "status":"available","subject":{"type":"Patient","identifier":{"system":"{{{patientSystem}}}","value":"{{{study.PatientId}}}"} } }
                """,
        };
    }

    public static FhirResource Provenance(Study study)
    {
        var id = NewId().ToString();
        return new()
        {
            Type = "Provenance",
            ResourceId = id,
            Version = 1,
            UpdatedAt = Noon,
            StudyId = study.Id,
            Json = $$$"""
                {"resourceType":"Provenance","id":"{{{id}}}","target":[{"reference":"ImagingStudy/{{{study.Id}}}/_history/3"}],
                "recorded":"2026-11-22T12:02:00.000Z","agent":[{"who":{"reference":"Device/x"}}]}
                """,
        };
    }
}
