using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Contracts;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>What comes by STOW-RS goes the way of what comes by C-STORE.</summary>
public sealed class StowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sent_is_kept_before_the_answer_and_the_study_is_complete_soon_after_the_request()
    {
        await using var host = await ListenerHost.StartAsync();

        var answer = await PostAsync(host, Image(1), Image(2), Image(3));

        Assert.Equal((HttpStatusCode.OK, "application/dicom+json"), (answer.StatusCode, $"{answer.Content.Headers.ContentType}"));
        Assert.Equal(3, (await StoredAsync(answer)).Count);
        await CompletedAsync(host);
        await using var db = host.Open();
        var study = await db.Studies.Include(s => s.Series).ThenInclude(s => s.Instances).SingleAsync(Cancel);
        Assert.Equal(
            (StudyState.Received, 1, CompletionRule.StowRequest, 3),
            (study.State, study.Revision, study.CompletionRule, study.CompletedInstances));
        Assert.All(study.Series.Single().Instances, i => Assert.True(File.Exists(ObjectFile.Of(host.Data, i.Sha256))));
        var messages = await db.Outbox.Select(row => row.Type).ToListAsync(Cancel);
        Assert.Contains(messages, type => type.Contains(nameof(StudyReceived), StringComparison.Ordinal));
        var association = await db.Associations.SingleAsync(Cancel);
        Assert.Equal(("STOW-RS", AssociationOutcome.Released, 3), (association.CallingAe, association.Outcome, association.Stored));
    }

    [Fact]
    public async Task A_study_that_an_archive_sends_in_many_requests_is_one_revision()
    {
        await using var host = await ListenerHost.StartAsync();

        for (var number = 1; number <= 6; number++)
            (await PostAsync(host, Image(number))).EnsureSuccessStatusCode();
        await CompletedAsync(host);

        await using var db = host.Open();
        var study = await db.Studies.SingleAsync(Cancel);
        Assert.Equal((CompletionRule.StowRequest, 1, 6), (study.CompletionRule, study.Revision, study.CompletedInstances));
    }

    [Fact]
    public async Task An_image_is_the_same_by_either_way_and_sent_again_it_is_not_doubled()
    {
        await using var host = await ListenerHost.StartAsync();
        await host.SendAsync(Image(1));

        var answers = new[] { await PostAsync(host, Image(1)), await PostAsync(host, Image(1)) };

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await using var db = host.Open();
        Assert.Single(await db.Instances.ToListAsync(Cancel));
    }

    [Fact]
    public async Task Each_object_that_is_not_kept_is_named_with_the_reason()
    {
        await using var host = await ListenerHost.StartAsync();

        var some = await PostAsync(host, Image(1), "no DICOM"u8.ToArray());
        var none = await PostAsync(host, "no DICOM"u8.ToArray());
        var other = await PostAsync(host, "/2.25.999", Image(2));

        Assert.Equal(
            (HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.Conflict),
            (some.StatusCode, none.StatusCode, other.StatusCode));
        Assert.Single(await StoredAsync(some));
        Assert.Equal([0xC000], await FailuresAsync(some));
        Assert.Equal([0xC000], await FailuresAsync(none));
        Assert.Equal([0xA900], await FailuresAsync(other));
        Assert.Single(Directory.GetFiles(host.Data.Quarantine));
        Assert.Empty(Directory.GetFiles(host.Data.Spool));
        await using var db = host.Open();
        Assert.Single(await db.Instances.ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("application/dicom", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/related; type=\"application/dicom+json\"; boundary=b", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/related; type=application/dicom", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/related; type=application/dicom; boundary=b", HttpStatusCode.BadRequest)]
    public async Task What_is_no_store_request_is_refused(string contentType, HttpStatusCode status)
    {
        await using var host = await ListenerHost.StartAsync();
        using var client = new HttpClient();
        using var content = new ByteArrayContent("--b--\r\n"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await client.PostAsync(new Uri(host.Web + "/dicomweb/studies"), content, Cancel);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_of_another_site_stores_nothing()
    {
        await using var host = await ListenerHost.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Web + "/dicomweb/studies") { Content = Content(Image(1)) };
        request.Headers.Add("Origin", "https://elsewhere.example");

        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(request, Cancel)).StatusCode);
        await using var db = host.Open();
        Assert.Empty(await db.Instances.ToListAsync(Cancel));
    }

    [Fact]
    public async Task Of_a_request_that_breaks_off_the_whole_objects_are_kept()
    {
        await using var host = await ListenerHost.StartAsync();
        var whole = await Content(Image(1), Image(2)).ReadAsByteArrayAsync(Cancel);
        using var client = new HttpClient();
        using var content = new ByteArrayContent(whole[..^200]);
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=b");

        var answer = await client.PostAsync(new Uri(host.Web + "/dicomweb/studies"), content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(AssociationOutcome.Aborted, (await host.ClosedAsync()).Outcome);
        await using var db = host.Open();
        Assert.Single(await db.Instances.ToListAsync(Cancel));
        Assert.Equal(StudyState.Receiving, (await db.Studies.SingleAsync(Cancel)).State);
        Assert.Empty(Directory.GetFiles(host.Data.Spool));
    }

    private static byte[] Image(int number) => GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, number, 16);

    private static Task<HttpResponseMessage> PostAsync(ListenerHost host, params byte[][] objects) => PostAsync(host, "", objects);

    private static Task CompletedAsync(ListenerHost host) => Eventually.TrueAsync(
        async () =>
        {
            await using var db = host.Open();
            return await db.Studies.AnyAsync(study => study.State == StudyState.Received, Cancel);
        },
        "the study is complete");

    private static async Task<HttpResponseMessage> PostAsync(ListenerHost host, string study, params byte[][] objects)
    {
        using var client = new HttpClient();
        return await client.PostAsync(new Uri(host.Web + "/dicomweb/studies" + study), Content(objects), Cancel);
    }

    internal static MultipartContent Content(params byte[][] objects)
    {
        var content = new MultipartContent("related", "b");
        content.Headers.ContentType!.Parameters.Add(new NameValueHeaderValue("type", "\"application/dicom\""));
        foreach (var bytes in objects)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new("application/dicom");
            content.Add(part);
        }
        return content;
    }

    private static async Task<JsonArray> StoredAsync(HttpResponseMessage answer) =>
        (await ReadAsync(answer))["00081199"]!["Value"]!.AsArray();

    private static async Task<IEnumerable<int>> FailuresAsync(HttpResponseMessage answer) =>
        (await ReadAsync(answer))["00081198"]!["Value"]!.AsArray().Select(item => (int)item!["00081197"]!["Value"]![0]!);

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Cancel)))![0]!;
}
