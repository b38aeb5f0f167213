using Gateway.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker.Tests;

/// <summary>A series larger than memory is no other series.</summary>
public sealed class StowMemoryTests
{
    private const int Mebibyte = 1 << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What was read and has not arrived yet lies in the buffers of two sockets and of the server.</summary>
    [Fact]
    public async Task A_file_is_read_no_further_ahead_than_the_peer_takes_it()
    {
        const int size = 192 * Mebibyte;
        var source = new CountedZeros(size);
        await using var server = await StowServer.StartAsync();
        var (received, ahead) = (0L, 0L);
        server.Instead = async context =>
        {
            var buffer = new byte[65_536];
            while (await context.Request.Body.ReadAsync(buffer, Cancel) is > 0 and var count)
                (received, ahead) = (received + count, Math.Max(ahead, source.Position - received - count));
            context.Response.StatusCode = StatusCodes.Status200OK;
            return true;
        };
        using var services = new ServiceCollection().Configure<StowDestination>("pacs", _ => { })
            .AddSingleton<IOptionsFactory<StowDestination>>(new Fixed(new() { Url = server.Url })).AddOptions().BuildServiceProvider();
        var deliverer = new StowDeliverer(services.GetRequiredService<IOptionsMonitor<StowDestination>>(), TimeProvider.System);

        var verdicts = await deliverer.DeliverAsync(
            new() { Name = "pacs" }, [new(Guid.Empty, "1.2", "1.2.3", () => source)], Cancel).ToListAsync(Cancel);

        Assert.Equal(DeliveryOutcome.Delivered, Assert.Single(verdicts).Outcome);
        Assert.InRange(received, size, size + 1_000);
        Assert.InRange(ahead, 0, 32 * Mebibyte);
    }

    private sealed class Fixed(StowDestination options) : IOptionsFactory<StowDestination>
    {
        public StowDestination Create(string name) => options;
    }

    private sealed class CountedZeros(long length) : Stream
    {
        private long _position;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;

        public override long Position
        {
            get => Interlocked.Read(ref _position);
            set => Interlocked.Exchange(ref _position, value);
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            Array.Clear(buffer, offset, read);
            Interlocked.Add(ref _position, read);
            return read;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
