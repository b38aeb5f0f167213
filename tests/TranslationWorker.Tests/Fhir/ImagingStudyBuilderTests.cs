using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

using Gateway.Contracts.Reasons;
using Gateway.Persistence;

namespace Gateway.TranslationWorker.Tests;

public class ImagingStudyBuilderTests
{
    private static readonly FhirOptions Mapped = new()
    {
        IssuerSystems = { ["WARD7"] = "https://hospital.example/patients" }, Descriptions = true,
    };
    private static readonly SiteOptions Site = new() { Organization = "St. Example", TimeZone = "Europe/Vienna" };

    [Fact]
    public void A_study_is_found_by_its_uid_and_has_an_id_made_from_it()
    {
        var resource = Build(SampleStudy.Create());

        Assert.Equal("52f20efb-3cd2-5af3-bd3d-8aa5a52898e8", resource.Id);
        Assert.Equal("urn:dicom:uid", resource.Identifier[0].System);
        Assert.Equal("urn:oid:" + SampleStudy.StudyUid, resource.Identifier[0].Value);
        Assert.Equal(("ACSN", "A-1"), (resource.Identifier[1].Type!.Coding[0].Code, resource.Identifier[1].Value));
    }

    [Fact]
    public void Both_series_are_listed_with_raw_uids_and_counts_of_what_is_listed()
    {
        var resource = Build(SampleStudy.Create());

        Assert.Equal([SampleStudy.SourceUid, SampleStudy.DerivedUid], resource.Series.Select(s => s.Uid));
        Assert.Equal((2, 4), (resource.NumberOfSeries, resource.NumberOfInstances));
        Assert.All(resource.Series, s => Assert.Equal(s.Instance.Count, s.NumberOfInstances));
        Assert.Equal([1, 2], resource.Series[0].Instance.Select(i => i.Number));
        Assert.Equal(["MR", "CT"], resource.Modality.Select(m => m.Code));
        Assert.Equal("urn:oid:1.2.840.10008.5.1.4.1.1.2", resource.Series[1].Instance[0].SopClass!.Code);
        Assert.Equal("12738006", resource.Series[0].BodySite!.Code);
        Assert.Equal("2026-11-01T10:15:30+01:00", resource.Started);
    }

    [Fact]
    public void Only_the_synthetic_series_is_labelled_and_names_its_model()
    {
        var resource = Build(SampleStudy.Create());

        var (received, derived) = (resource.Series[0], resource.Series[1]);
        Assert.Empty(received.Performer);
        Assert.Empty(received.Extension);
        Assert.Equal("Device/" + ModelDeviceBuilder.IdOf(SampleStudy.DeviceUid), derived.Performer.Single().Actor.Reference);
        Assert.Equal("AIAST", Assert.IsType<Coding>(derived.Extension.Single().Value).Code);
        Assert.Equal(["PROCESSINLINELABEL", "AIAST"], resource.Meta!.Security.Select(s => s.Code));
        Assert.All(derived.Instance, i => Assert.Equal(@"DERIVED\SECONDARY\AXIAL", i.Title));
    }

    [Fact]
    public void A_study_without_synthetic_series_carries_no_label() =>
        Assert.Null(Build(SampleStudy.Create(withDerived: false)).Meta);

    [Fact]
    public void Images_in_conflict_and_series_without_images_are_left_out()
    {
        var study = SampleStudy.Create();
        study.Series[0].Instances.Add(
            SampleStudy.Image(study.Series[0].Id, "1.2", study.Series[0].Instances[0].SopInstanceUid, 1, conflict: true));
        study.Series[1].Instances.Clear();

        var resource = Build(study);

        Assert.Equal((1, 2), (resource.NumberOfSeries, resource.NumberOfInstances));
    }

    [Fact]
    public void While_images_name_two_patients_nothing_leads_to_either()
    {
        var study = SampleStudy.Create();
        study.PatientConflict = true;

        var resource = Build(study);

        Assert.Null(resource.Subject.Identifier);
        Assert.Equal("temp-unknown", Assert.IsType<Code>(resource.Subject.Extension.Single().Value).Value);
        Assert.Equal(ImagingStudy.ImagingStudyStatus.Unknown, resource.Status);
        Assert.Equal(["urn:dicom:uid"], resource.Identifier.Select(i => i.System));
        Assert.DoesNotContain("4711", FhirJson.Write(resource), StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_a_patient_who_was_ruled_out_are_left_out_whatever_their_rows_say()
    {
        var study = SampleStudy.Create();
        var other = new StudyPatient { Id = SampleStudy.Id(9), StudyId = study.Id, PatientId = "4712", RuledOut = true };
        study.Patients.Add(other);
        study.Series[0].Instances.Add(SampleStudy.Image(study.Series[0].Id, "1.2", "1.2.3.4", 7, patient: other.Id));

        Assert.DoesNotContain("1.2.3.4", Build(study).Series.SelectMany(s => s.Instance).Select(i => i.Uid));
    }

    [Fact]
    public void A_study_still_arriving_is_registered_and_a_complete_one_available()
    {
        var study = SampleStudy.Create();
        Assert.Equal(ImagingStudy.ImagingStudyStatus.Available, Build(study).Status);

        study.State = StudyState.Receiving;

        Assert.Equal(ImagingStudy.ImagingStudyStatus.Registered, Build(study).Status);
    }

    [Theory]
    [InlineData(SeriesState.Translated, ImagingStudy.ImagingStudyStatus.Registered)]
    [InlineData(SeriesState.Delivering, ImagingStudy.ImagingStudyStatus.Registered)]
    [InlineData(SeriesState.Failed, ImagingStudy.ImagingStudyStatus.Registered)]
    [InlineData(SeriesState.Delivered, ImagingStudy.ImagingStudyStatus.Available)]
    [InlineData(SeriesState.Superseded, ImagingStudy.ImagingStudyStatus.Available)]
    public void Where_archives_are_to_have_it_a_study_is_available_once_they_do(
        SeriesState state, ImagingStudy.ImagingStudyStatus expected)
    {
        var study = SampleStudy.Create(withDerived: false);
        study.Series.Add(SampleStudy.Derived(study.Id, state));

        Assert.Equal(expected, new ImagingStudyBuilder(Mapped, Site, ShippedModalities.Table, delivers: true).Build(study).Status);
        Assert.Equal(ImagingStudy.ImagingStudyStatus.Available, Build(study).Status);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_synthetic_series_that_came_from_elsewhere_is_labelled_as_ours_is(bool inPart)
    {
        var study = SampleStudy.Create(withDerived: false);
        (inPart ? study.Series[0].SetAside : study.Series[0].Reasons).Add(ReasonCode.Synthetic.Because("It says so."));

        var resource = Build(study);

        Assert.Equal("AIAST", Assert.IsType<Coding>(resource.Series.Single().Extension.Single().Value).Code);
        Assert.Equal(["PROCESSINLINELABEL", "AIAST"], resource.Meta!.Security.Select(s => s.Code));
    }

    [Fact]
    public void The_patient_is_a_value_within_a_system_and_no_two_issuers_share_one()
    {
        var study = SampleStudy.Create();
        var mapped = Build(study).Subject.Identifier!;
        var unmapped = Build(study, new FhirOptions()).Subject.Identifier!;
        study.IssuerOfPatientId = null;
        var unissued = Build(study, new FhirOptions()).Subject.Identifier!;
        var configured = Build(study, new FhirOptions { PatientSystem = "urn:oid:1.2" }).Subject.Identifier!;

        Assert.Equal(("https://hospital.example/patients", "4711"), (mapped.System, mapped.Value));
        Assert.Equal("urn:oid:1.2", configured.System);
        Assert.Matches(@"^urn:oid:2\.25\.[1-9][0-9]*$", unmapped.System);
        Assert.Matches(@"^urn:oid:2\.25\.[1-9][0-9]*$", unissued.System);
        Assert.NotEqual(unmapped.System, unissued.System);
    }

    [Fact]
    public void A_study_of_which_nothing_is_known_is_still_valid()
    {
        var study = new Study { Id = SampleStudy.Id(1), StudyInstanceUid = "1.2.3", FirstReceivedAt = SampleStudy.Received };

        var subject = Build(study).Subject;

        Assert.Null(subject.Identifier);
        Assert.Equal("unknown", Assert.IsType<Code>(subject.Extension.Single().Value).Value);
    }

    [Fact]
    public void Scanner_text_of_control_characters_and_blanks_does_not_break_the_resource()
    {
        var study = SampleStudy.Create();
        (study.StudyDescription, study.AccessionNumber, study.PatientId) = (" \u0001\u001b ", "\u0000", " 4711 ");
        (study.Series[0].SeriesDescription, study.Series[0].Modality, study.Series[0].SeriesNumber) = ("a\u0007b", " ", -3);

        var resource = Build(study);

        Assert.Null(resource.Description);
        Assert.Single(resource.Identifier);
        Assert.Equal("4711", resource.Subject.Identifier!.Value);
        Assert.Equal(("ab", "OT", null), (resource.Series[0].Description, resource.Series[0].Modality!.Code, resource.Series[0].Number));
    }

    [Fact]
    public void What_turns_text_round_is_left_out_and_letters_keep_their_own_direction()
    {
        var study = SampleStudy.Create();
        (study.StudyDescription, study.PatientId) = ("head \u202Egnp.exe", "\u2066\u05d0\u05d1\u2069");

        var resource = Build(study);

        Assert.Equal(("head gnp.exe", "\u05d0\u05d1"), (resource.Description, resource.Subject.Identifier!.Value));
    }

    [Fact]
    public void Uids_that_are_no_valid_oids_stand_without_saying_they_are()
    {
        var study = new Study
        {
            Id = SampleStudy.Id(1),
            StudyInstanceUid = "1.2.826.0.1.3680043.9.0123.0045",
            FirstReceivedAt = SampleStudy.Received,
        };
        study.Series.Add(
            new()
            {
                Id = SampleStudy.Id(2),
                StudyId = study.Id,
                SeriesInstanceUid = study.StudyInstanceUid + ".01",
                Origin = SeriesOrigin.Received,
                Modality = "MR",
            });
        study.Series[0].Instances.Add(SampleStudy.Image(study.Series[0].Id, "1.2.3.04", study.StudyInstanceUid + ".01.007", 1));

        var resource = Build(study);

        Assert.Equal(("urn:dicom:uid", study.StudyInstanceUid), (resource.Identifier[0].System, resource.Identifier[0].Value));
        Assert.Contains(resource.Series, series => series.Uid == study.StudyInstanceUid + ".01");
        Assert.DoesNotContain("urn:oid:1.2.826.0.1.3680043.9.0123", FhirJson.Write(resource), StringComparison.Ordinal);
        Assert.DoesNotContain("urn:oid:1.2.3.04", FhirJson.Write(resource), StringComparison.Ordinal);
    }

    [Fact]
    public void Descriptions_stay_out_unless_they_are_asked_for()
    {
        var resource = Build(SampleStudy.Create(), new FhirOptions());

        Assert.Null(resource.Description);
        Assert.All(resource.Series, s => Assert.Null(s.Description));
    }

    [Fact]
    public void What_fhir_does_not_allow_is_refused_without_quoting_it()
    {
        var study = new Study { Id = SampleStudy.Id(1), StudyInstanceUid = "1.2.3", FirstReceivedAt = SampleStudy.Received };
        var series = SampleStudy.Derived(study.Id);
        series.Instances.Clear();
        series.Instances.Add(SampleStudy.Image(series.Id, "1.2", "sentinel uid_with blanks", 1));
        study.Series.Add(series);

        var error = Assert.Throws<FhirResourceException>(
            () => FhirJson.Write(new ImagingStudyBuilder(Mapped, Site, ShippedModalities.Table).Build(study)));

        Assert.DoesNotContain("sentinel", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("ImagingStudy.series[0].instance[0].uid", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What a client reads: every resource of these tests went through JSON and a strict parse.</summary>
    private static ImagingStudy Build(Study study, FhirOptions? options = null)
    {
        var json = FhirJson.Write(new ImagingStudyBuilder(options ?? Mapped, Site, ShippedModalities.Table).Build(study));
        return FhirJsonDeserializer.STRICT.Deserialize<ImagingStudy>(json);
    }
}
