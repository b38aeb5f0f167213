using System.Collections.Concurrent;
using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Persistence.Tests;

public class UrgentTests
{
    private const int Backlog = 200;

    [Theory]
    [InlineData(BusTransport.InMemory)]
    [InlineData(BusTransport.RabbitMq)]
    public async Task An_urgent_message_overtakes_a_backlog_of_200_and_is_the_next_one_worked_on(BusTransport transport)
    {
        await using var deployment = await Deployment.CreateAsync(transport);
        var course = new Course();
        var host = await deployment.StartAsync(bus =>
        {
            bus.AddSingleton(course);
            bus.AddHandler<TranslateSeries, CourseHandler>();
        });
        await Deployment.ConnectedAsync(host);
        await deployment.EnqueueAsync(Messages(0, Backlog));
        await Eventually.TrueAsync(async () => course.Begun.Count == 1 && await deployment.UnsentAsync() == 0, "the backlog is queued");

        await EnqueueUrgentAsync(deployment, Messages(Backlog, 1)[0]);
        var slots = host.Services.GetRequiredService<WorkSlots<CourseHandler>>();
        await Eventually.TrueAsync(() => Task.FromResult(slots.IsUrgentWaiting), "the urgent one is in hand");
        course.GoOn.SetResult();

        await Eventually.TrueAsync(() => Task.FromResult(course.Begun.Count > Backlog), "all were worked on");
        Assert.Equal(Backlog, course.Begun.ElementAt(1));
        Assert.Equal(Enumerable.Range(0, Backlog + 1), course.Begun.Order());
    }

    [Theory, EachDatabase]
    public async Task What_comes_of_an_urgent_message_is_urgent_and_leaves_the_outbox_first(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using (var db = database.Open())
        {
            db.Enqueue(Messages(1, 1)[0], TimeProvider.System);
            db.Urgent = true;
            db.Enqueue(Messages(2, 1)[0], TimeProvider.System);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await using var reading = database.Open();
        await using var batch = await OutboxBatch.TakeAsync(
            reading, TimeProvider.System.GetUtcNow(), 10, TestContext.Current.CancellationToken);

        Assert.Equal([true, false], batch.Rows.Select(row => row.Urgent));
    }

    [Fact]
    public async Task A_slot_goes_to_the_urgent_first_and_to_nobody_who_has_given_up()
    {
        var slots = new WorkSlots<CourseHandler>(1);
        var first = await slots.TakeAsync(urgent: false, CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var gone = slots.TakeAsync(urgent: true, impatient.Token);
        var other = slots.TakeAsync(urgent: false, CancellationToken.None);
        var urgent = slots.TakeAsync(urgent: true, CancellationToken.None);
        await impatient.CancelAsync();

        first.Dispose();
        first.Dispose();    // twice is once

        var held = await urgent;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.False(other.IsCompleted);
        held.Dispose();
        await other;
    }

    private static async Task EnqueueUrgentAsync(Deployment deployment, TranslateSeries message)
    {
        await using var db = deployment.Database.Open();
        db.Urgent = true;
        db.Enqueue(message, TimeProvider.System);
        await db.SaveChangesAsync();
    }

    private static TranslateSeries[] Messages(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => new TranslateSeries { SeriesId = Rows.NewId(), Revision = number })];

    /// <summary>The order in which messages are worked on; the first one takes until it is told to go on.</summary>
    private sealed class Course
    {
        public ConcurrentQueue<int> Begun { get; } = [];
        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class CourseHandler(Course course) : IHandler<TranslateSeries>
    {
        public Task HandleAsync(TranslateSeries message, GatewayDbContext db, CancellationToken cancel)
        {
            course.Begun.Enqueue(message.Revision);
            return course.GoOn.Task.WaitAsync(cancel);
        }
    }
}
