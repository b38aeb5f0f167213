using System.Net;
using System.Net.Http.Headers;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class ObjectApiTests
{
    private static readonly byte[] Stored = [.. Enumerable.Range(0, 5_000).Select(n => (byte)n)];

    [Fact]
    public async Task The_file_is_the_stored_bytes_under_the_digest_as_etag()
    {
        await using var host = await PortalHost.StartAsync();
        var (instance, _) = await StoreAsync(host);

        var answer = await GetAsync(host, instance);

        Assert.Equal(Stored, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/dicom", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal($"\"{instance.Sha256}\"", answer.Headers.ETag!.Tag);
        Assert.Equal($"{instance.SopInstanceUid}.dcm", answer.Content.Headers.ContentDisposition!.FileName);
    }

    [Fact]
    public async Task A_part_of_the_file_can_be_asked_for()
    {
        await using var host = await PortalHost.StartAsync();
        var (instance, _) = await StoreAsync(host);

        var answer = await GetAsync(host, instance, request => request.Headers.Range = new RangeHeaderValue(128, 1_127));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(Stored[128..1_128], await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Its_size_and_time_are_told_without_it_and_a_part_it_does_not_have_is_refused()
    {
        await using var host = await PortalHost.StartAsync();
        var (instance, _) = await StoreAsync(host);

        var head = await GetAsync(host, instance, request => request.Method = HttpMethod.Head);
        var beyond = await GetAsync(host, instance, request => request.Headers.Range = new RangeHeaderValue(5_000, null));
        var last = await GetAsync(host, instance, request => request.Headers.Range = new RangeHeaderValue(null, 10));

        Assert.Equal((Stored.Length, "bytes"), (head.Content.Headers.ContentLength, head.Headers.AcceptRanges.Single()));
        Assert.Equal(instance.ReceivedAt.ToUnixTimeSeconds(), head.Content.Headers.LastModified!.Value.ToUnixTimeSeconds());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal(Stored[^10..], await last.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whoever_has_the_file_already_is_not_sent_it_again()
    {
        await using var host = await PortalHost.StartAsync();
        var (instance, _) = await StoreAsync(host);

        var answer = await GetAsync(host, instance, request => request.Headers.IfNoneMatch.Add(new($"\"{instance.Sha256}\"")));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [Fact]
    public async Task A_copy_in_conflict_is_served_only_to_who_names_its_digest()
    {
        await using var host = await PortalHost.StartAsync();
        var (instance, conflict) = await StoreAsync(host);

        var plain = await GetAsync(host, instance);
        var other = await host.Client.GetByteArrayAsync(
            new Uri($"api/instances/{conflict.SopInstanceUid}/file?sha256={conflict.Sha256}", UriKind.Relative),
            TestContext.Current.CancellationToken);

        Assert.Equal(Stored, await plain.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal([9], other);
    }

    [Fact]
    public async Task A_picture_is_a_png_that_a_browser_may_keep_if_it_asks_again()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await Sample.TranslatedAsync(host.Objects, new Dictionary<string, byte[]> { ["sheet"] = Stored });
        await host.AddAsync(study);

        var answer = await host.Client.GetAsync(
            new Uri($"api/pictures/{study.Series[1].Pictures[0].Id}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("image/png", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(Stored, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.True(answer.Headers.CacheControl is { Private: true, NoCache: true, NoStore: false });
    }

    [Fact]
    public async Task An_object_that_the_store_lost_is_a_problem_not_an_empty_file()
    {
        await using var host = await PortalHost.StartAsync();
        var (instance, _) = await StoreAsync(host);
        File.Delete(ObjectFile.Of(host.Database.Data, instance.Sha256));

        var answer = await GetAsync(host, instance);

        Assert.Equal(
            (HttpStatusCode.InternalServerError, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    private static async Task<(Instance First, Instance Conflict)> StoreAsync(PortalHost host)
    {
        var study = Sample.Study();
        var series = Sample.Series(study, SeriesState.Received);
        var first = Sample.Instance(series, await host.Objects.PutAsync(Stored));
        var conflict = Sample.Instance(series, await host.Objects.PutAsync([9]), uid: first.SopInstanceUid, conflict: true);
        await host.AddAsync(study);
        return (first, conflict);
    }

    private static async Task<HttpResponseMessage> GetAsync(PortalHost host, Instance instance, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/instances/{instance.SopInstanceUid}/file");
        with?.Invoke(request);
        return await host.Client.SendAsync(request);
    }
}
