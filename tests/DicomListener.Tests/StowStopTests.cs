using System.IO.Pipelines;
using System.Net;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>SIGTERM in the middle of a store request.</summary>
public sealed class StowStopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_ends_a_request_between_two_parts_and_keeps_what_came_whole()
    {
        await using var host = await ListenerHost.StartAsync();
        var whole = await StowTests.Content(Image(1), Image(2), Image(3)).ReadAsByteArrayAsync(Cancel);
        var sending = new Pipe();
        using var http = new HttpClient();
        using var content = new StreamContent(sending.Reader.AsStream());
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/related; type=\"application/dicom\"; boundary=b");
        var answer = http.PostAsync(new Uri(host.Web + "/dicomweb/studies"), content, Cancel);
        await sending.Writer.WriteAsync(whole.AsMemory(0, whole.Length / 2), Cancel);
        await Eventually.TrueAsync(
            async () =>
            {
                await using var open = host.Open();
                return await open.Instances.AnyAsync(Cancel);
            },
            "the first part is kept");

        host.Stop();
        await sending.Writer.WriteAsync(whole.AsMemory(whole.Length / 2), Cancel);
        await sending.Writer.CompleteAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await answer).StatusCode);
        await using var db = host.Open();
        Assert.Equal(2, await db.Instances.CountAsync(Cancel));
        Assert.Equal(AssociationOutcome.Aborted, (await db.Associations.SingleAsync(Cancel)).Outcome);
    }

    private static byte[] Image(int number) => GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian, number, 256);
}
