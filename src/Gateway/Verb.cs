using System.CommandLine;
using System.Data.Common;
using System.Net.Sockets;
using System.Text.Json;
using Gateway.DicomNetwork;
using Gateway.Hosting;
using Gateway.Imaging.Volumes;
using Gateway.TrainingWorker.Training;
using Gateway.TranslationWorker;

namespace Gateway.Cli;

/// <summary>Turns an action into a command whose errors are one line on standard error and an exit code.</summary>
internal static class Verb
{
    public static Command Create(
        string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
                command.Options.Add(option);
            else if (symbol is Argument argument)
                command.Arguments.Add(argument);
        }
        command.SetAction((parsed, cancel) => RunAsync(parsed, action, cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, Func<ParseResult, CancellationToken, Task<int>> action, CancellationToken cancel)
    {
        try
        {
            return await action(parsed, cancel);
        }
        catch (VerbException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (Exception e) when (SettingsCheck.FaultsOf(e) is { } faults)
        {
            foreach (var fault in faults)
                await Console.Error.WriteLineAsync(fault);
            return ExitCode.Usage;
        }
        catch (StartException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (Exception e) when ((e as DbException ?? e.InnerException as DbException) is { } database)    // Npgsql wraps what may pass
        {
            await Console.Error.WriteLineAsync($"The database does not answer: {database.Message}");
            return ExitCode.ServerMissing;
        }
        catch (Exception e)
            when (e is ModelException or TrainingDivergedException or TrainingDeviceException or IOException or InvalidDataException
                or VolumeException or UnauthorizedAccessException or DicomException
            or DicomNetworkException or SocketException or JsonException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}
