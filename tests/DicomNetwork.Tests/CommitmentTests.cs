namespace Gateway.DicomNetwork.Tests;

/// <summary>The Storage Commitment Push Model over real sockets, with the peers that DICOM allows: at once or later, sound or
/// not.</summary>
public sealed class CommitmentTests
{
    private static readonly Uid Transaction = Uid.Parse("2.25.1");
    private static readonly SopReference Kept = new(Uid.Parse(GeneratedObject.MrImageStorage), Uid.Parse("2.25.2"));
    private static readonly SopReference Missing = new(Uid.Parse(GeneratedObject.MrImageStorage), Uid.Parse("2.25.3"));
    private static readonly CommitmentResult Result =
        new(Transaction, [Kept], [new(Missing, CommitmentFailure.NoSuchObjectInstance)]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_answered_and_the_report_follows_on_the_same_association()
    {
        await using var provider = await CommitmentProvider.StartAsync(_ => new(DimseStatus.Success, Task.FromResult(Result)));

        var outcome = await provider.Client().RequestCommitmentAsync(new(Transaction, [Kept, Missing]), TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal(DimseStatus.Success, outcome.Status);
        Assert.Equivalent(Result, outcome.Result, strict: true);
        Assert.Equal([Kept, Missing], Assert.Single(provider.Requests).Instances);
        Assert.Equal(DimseStatus.Success, await provider.AnswerToReportAsync());
    }

    [Fact]
    public async Task A_report_that_does_not_come_is_not_waited_for_longer_than_asked()
    {
        await using var provider = await CommitmentProvider.StartAsync(_ => new(DimseStatus.Success));

        var outcome = await provider.Client().RequestCommitmentAsync(new(Transaction, [Kept]), TimeSpan.FromMilliseconds(1), Cancel);

        Assert.Equal((DimseStatus.Success, null), (outcome.Status, outcome.Result));
    }

    [Fact]
    public async Task A_refused_request_gives_its_status_and_comment()
    {
        await using var provider = await CommitmentProvider.StartAsync(_ => new(DimseStatus.ProcessingFailure, null, "not today"));

        var outcome = await provider.Client().RequestCommitmentAsync(new(Transaction, [Kept]), TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal((DimseStatus.ProcessingFailure, "not today"), (outcome.Status, outcome.Error));
    }

    [Fact]
    public async Task A_report_is_taken_on_an_association_with_the_roles_turned_round()
    {
        await using var user = await CommitmentProvider.StartAsync();

        Assert.Equal(DimseStatus.Success, await user.Client().ReportCommitmentAsync(Result, Cancel));
        Assert.Equivalent(Result, Assert.Single(user.Reports), strict: true);
    }

    [Fact]
    public async Task A_service_without_storage_commitment_refuses_it_in_negotiation()
    {
        await using var server = await TestServer.StartAsync();

        var outcome = await server.Client().RequestCommitmentAsync(new(Transaction, [Kept]), TimeSpan.Zero, Cancel);

        Assert.Equal(DimseStatus.SopClassNotSupported, outcome.Status);
        Assert.Equal(DimseStatus.SopClassNotSupported, await server.Client().ReportCommitmentAsync(Result, Cancel));
    }

    [Fact]
    public async Task Roles_are_answered_for_the_classes_accepted_and_only_commitment_may_be_turned_round()
    {
        await using var provider = await CommitmentProvider.StartAsync();
        using var peer = await RawPeer.ConnectAsync(provider.Port);
        RoleSelection[] roles =
        [
            new(GeneratedObject.MrImageStorage, Scu: true, Scp: true),
            new(StorageCommitment.SopClassUid, Scu: false, Scp: true),
            new("1.2.3", Scu: true, Scp: false),
        ];

        await peer.SendAsync(PduWriter.AssociateRequest(Request(roles)));
        var (type, body) = await peer.ReadAsync();

        Assert.Equal(PduType.AssociateAccept, type);
        Assert.Equal(
            [roles[0] with { Scp = false }, roles[1]],
            PduParser.ReadAssociateAccept(new(body)).User.Roles);
    }

    [Theory]
    [InlineData(StorageCommitment.SopClassUid, "1.2.3", 1, DimseStatus.NoSuchSopInstance)]
    [InlineData("1.2.3", StorageCommitment.SopInstanceUid, 1, DimseStatus.SopClassNotSupported)]
    [InlineData(StorageCommitment.SopClassUid, StorageCommitment.SopInstanceUid, 2, DimseStatus.NoSuchActionType)]
    [InlineData(StorageCommitment.SopClassUid, StorageCommitment.SopInstanceUid, 1, DimseStatus.InvalidArgumentValue)]
    public async Task A_request_that_is_none_gets_a_status_that_says_why(string sopClass, string sopInstance, int type, int status)
    {
        await using var provider = await CommitmentProvider.StartAsync();
        using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(PduWriter.AssociateRequest(Request([])));
        await peer.ReadAsync();
        CommandSet request = new()
        {
            Field = CommandField.ActionRequest,
            MessageId = 4,
            RequestedSopClassUid = sopClass,
            RequestedSopInstanceUid = sopInstance,
            ActionTypeId = (ushort)type,
            HasDataSet = true,
        };

        await peer.SendAsync(RawPeer.Data(5, command: true, last: true, request.ToBytes()));
        await peer.SendAsync(RawPeer.Data(5, command: false, last: true, "not a data set at all"u8));

        Assert.Equal(status, (await peer.ReadResponseAsync()).Status);
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task A_response_to_a_report_that_was_never_sent_aborts()
    {
        await using var provider = await CommitmentProvider.StartAsync();
        using var peer = await RawPeer.ConnectAsync(provider.Port);
        await peer.SendAsync(PduWriter.AssociateRequest(Request([])));
        await peer.ReadAsync();
        CommandSet response = new() { Field = CommandField.EventReportResponse, MessageIdRespondedTo = 1, HasDataSet = false, Status = 0 };

        await peer.SendAsync(RawPeer.Data(5, command: true, last: true, response.ToBytes()));

        await peer.ReadAbortAsync();
    }

    private static AssociateRequestPdu Request(IReadOnlyList<RoleSelection> roles) => new(
        1, "GATEWAY", "SCANNER", PduWriter.ApplicationContext,
        [
            new(1, GeneratedObject.MrImageStorage, [TransferSyntaxes.ExplicitLittleEndian]),
            new(5, StorageCommitment.SopClassUid, [TransferSyntaxes.ImplicitLittleEndian]),
        ],
        new() { MaxPduLength = 16_384, ImplementationClassUid = "1.2.3", Roles = roles });
}
