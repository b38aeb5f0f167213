using Gateway.Contracts;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.TranslationWorker.Tests;

/// <summary>The FHIR side as the worker composes it, over a test's database, with an external server.</summary>
internal sealed class FhirGateway : IDisposable
{
    private readonly TestDatabase _database;
    private readonly IHost _host;

    public FhirGateway(TestDatabase database, Uri server, FakeTimeProvider time, params IEnumerable<(string Key, string Value)> settings)
    {
        _database = database;
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["data"] = database.Data.Root;
        builder.Configuration["Database:Provider"] = $"{database.Options.Provider}";
        builder.Configuration["Database:ConnectionString"] = database.Options.ConnectionString;
        builder.Configuration["Fhir:Server:Url"] = server.AbsoluteUri;
        foreach (var (key, value) in settings)
            builder.Configuration[$"Fhir:{key}"] = value;
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(ShippedModalities.Table);
        builder.AddPersistence();
        builder.AddDelivery();
        builder.AddFhir();
        builder.Services.AddTransient<PublishImagingStudyHandler>().AddTransient<SendToFhirServerHandler>();
        _host = builder.Build();
        _host.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    public T Service<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Handles a PublishImagingStudy of <see cref="SampleStudy"/>, and the first SendToFhirServer after it.</summary>
    public async Task PublishAsync()
    {
        await AskAsync();
        await SendAsync();
    }

    public async Task AskAsync()
    {
        await using var db = _database.Open();
        await Service<PublishImagingStudyHandler>().HandleAsync(new PublishImagingStudy { StudyId = SampleStudy.Id(1) }, db, default);
        await db.SaveHandledAsync(default);
    }

    public async Task SendAsync()
    {
        await using var db = _database.Open();
        await Service<SendToFhirServerHandler>().HandleAsync(new SendToFhirServer { StudyId = SampleStudy.Id(1) }, db, default);
        await db.SaveHandledAsync(default);
    }

    public async Task<FhirPublication> RowAsync()
    {
        await using var db = _database.Open();
        return await db.FhirPublications.AsNoTracking().SingleAsync();
    }

    /// <summary>When the server is to be told again; null: it need not be.</summary>
    public async Task<DateTimeOffset?> NextAsync()
    {
        await using var db = _database.Open();
        var last = await db.Outbox.AsNoTracking().Where(row => row.Type == typeof(SendToFhirServer).FullName)
            .OrderByDescending(row => row.NotBefore).FirstOrDefaultAsync();
        return last?.NotBefore;
    }

    public void Dispose() => _host.Dispose();
}
