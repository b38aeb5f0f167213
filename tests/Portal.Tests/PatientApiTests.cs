using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

/// <summary>A study whose images name two patients: everybody sees it, and a person says whose it is.</summary>
public class PatientApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task The_conflict_is_in_the_list_and_the_patients_are_in_the_study(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var (agreed, conflict) = (Sample.Study(), Sample.InConflict());
        await host.AddAsync(agreed, conflict);

        var list = JsonNode.Parse(await host.Client.GetStringAsync("api/studies", Cancel))!["items"]!.AsArray();
        var study = await StudyAsync(host, conflict);

        Assert.Equal(
            [conflict.StudyInstanceUid], list.Where(s => (bool)s!["patientConflict"]!).Select(s => (string)s!["studyInstanceUid"]!));
        Assert.True((bool)study["patientConflict"]!);
        Assert.Equal(
            [("4711", "DOE^JOHN", "19700101", 1), ("4712", "ROE^ANNA", "19800202", 1)],
            study["patients"]!.AsArray()
                .Select(p => ((string)p!["patientId"]!, (string)p["patientName"]!, (string)p["patientBirthDate"]!, (int)p["images"]!))
                .Order());
        Assert.Empty((await StudyAsync(host, agreed))["patients"]!.AsArray());
        Assert.DoesNotContain("4711", await host.Client.GetStringAsync("api/studies", Cancel), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Whom_a_person_chooses_has_the_study_and_who_and_why_are_kept(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var study = Sample.InConflict();
        await host.AddAsync(study);
        var right = study.Patients.Find(p => p.PatientId == "4712")!;

        var first = await ChooseAsync(host, study, right.Id, of: 2);
        var second = await ChooseAsync(host, study, right.Id, of: 2);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        await using var db = host.Database.Open();
        var now = await db.Studies.Include(s => s.Series).ThenInclude(s => s.Instances).SingleAsync(Cancel);
        Assert.Equal(
            (false, "4712", "WARD7", "ACC-4712", StudyState.Receiving),
            (now.PatientConflict, now.PatientId, now.IssuerOfPatientId, now.AccessionNumber, now.State));
        Assert.All(now.Series, series => Assert.Equal(SeriesState.Receiving, series.State));
        Assert.All(now.Series.SelectMany(s => s.Instances), i => Assert.Equal(i.StudyPatientId != right.Id, i.Conflict));
        var choice = await db.PatientChoices.SingleAsync(Cancel);
        Assert.Equal(
            (right.Id, 1, "Dr. Who", "The worklist had the wrong row."), (choice.StudyPatientId, choice.Revision, choice.By, choice.Why));
        Assert.Equal("Dr. Who", (string)(await StudyAsync(host, study))["patientChoices"]![0]!["by"]!);
        Assert.Contains(
            "The worklist had the wrong row.", await host.Client.GetStringAsync($"studies/{study.Id}", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_chosen_wrongly_can_be_chosen_again()
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.InConflict();
        await host.AddAsync(study);

        foreach (var patient in study.Patients)
            Assert.Equal(HttpStatusCode.Accepted, (await ChooseAsync(host, study, patient.Id)).StatusCode);

        await using var db = host.Database.Open();
        Assert.Equal(study.Patients[1].PatientId, (await db.Studies.SingleAsync(Cancel)).PatientId);
        Assert.Equal(2, await db.PatientChoices.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_choice_among_fewer_patients_than_there_are_is_refused_and_changes_nothing()
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.InConflict();
        await host.AddAsync(study);

        var seen = await ChooseAsync(host, study, study.Patients[0].Id, of: 3);
        var nobody = await ChooseAsync(host, study, Sample.NewId());
        var nothing = await host.Client.PostAsJsonAsync($"api/studies/{study.Id}/patient", new { by = "Dr. Who", why = " " }, Cancel);

        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.BadRequest),
            (seen.StatusCode, nobody.StatusCode, nothing.StatusCode));
        await using var db = host.Database.Open();
        Assert.True((await db.Studies.SingleAsync(Cancel)).PatientConflict);
        Assert.Equal(0, await db.PatientChoices.CountAsync(Cancel));
    }

    [Fact]
    public async Task Where_one_patient_is_named_there_is_nothing_to_choose()
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.Study();
        study.Patients.Add(new() { Id = Sample.NewId(), StudyId = study.Id, PatientId = "4711" });
        await host.AddAsync(study);

        Assert.Equal(HttpStatusCode.Conflict, (await ChooseAsync(host, study, study.Patients[0].Id)).StatusCode);
    }

    [Fact]
    public async Task A_role_and_a_name_are_asked_for_as_for_a_release()
    {
        await using var host = await PortalHost.StartAsync(DatabaseProvider.Sqlite, "--Auth:Mode", "Proxy", "--Auth:ReleaseRole", "lead");
        var study = Sample.InConflict();
        await host.AddAsync(study);

        Assert.Equal(HttpStatusCode.Unauthorized, (await ChooseAsync(host, study, study.Patients[0].Id)).StatusCode);
    }

    [Fact]
    public async Task A_series_that_waits_for_the_choice_cannot_be_released_by_itself()
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.InConflict();
        await host.AddAsync(study);

        var answer = await host.Client.PostAsJsonAsync(
            $"api/series/{study.Series[0].Id}/release", new { by = "Dr. Who", why = "I want it." }, Cancel);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("more than one patient", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> ChooseAsync(
        PortalHost host, Study study, Guid patient, int? of = null) => host.Client.PostAsJsonAsync(
        $"api/studies/{study.Id}/patient", new { by = "Dr. Who", why = "The worklist had the wrong row.", patient, of }, Cancel);

    private static async Task<JsonNode> StudyAsync(PortalHost host, Study study) =>
        JsonNode.Parse(await host.Client.GetStringAsync($"api/studies/{study.Id}", Cancel))!;
}
