import { type Endpoint, encoded, type Fields, FORM_TYPE, JSON_TYPE } from './sample-endpoints.contract.ts';

/** Programs that call the vendor's API as its samples do, for those who have the language. */
export interface SampleProgram {
  readonly language: string;
  /** Tells whether the language is here. */
  readonly probe: readonly [command: string, ...parameters: string[]];
  /** Name of the file, where the program has to lie in one. */
  readonly file?: string;
  readonly source: string;
  /** How it is run; SOURCE and FILE stand for what is above. Parameters follow: URL, header, value, type, body. */
  readonly command: readonly [command: string, ...parameters: string[]];
  readonly formAt: readonly Endpoint[];
}

/** What the program is handed as its body. */
export const sampleBody = (
  { formAt }: SampleProgram,
  endpoint: Endpoint,
  fields: Fields,
): [string, string] =>
  formAt.includes(endpoint) ? [FORM_TYPE, encoded(fields)] : [JSON_TYPE, JSON.stringify(fields)];

const FORM_AT: readonly Endpoint[] = ['status', 'delete'];

export const SAMPLE_PROGRAMS: readonly SampleProgram[] = [
  {
    language: 'PHP with curl',
    probe: ['php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);'],
    source: `
[, $url, $name, $value, $type, $body] = $argv;
$curl = curl_init();
curl_setopt_array($curl, [
  CURLOPT_URL => $url,
  CURLOPT_RETURNTRANSFER => true,
  CURLOPT_ENCODING => '',
  CURLOPT_FOLLOWLOCATION => true,
  CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
  CURLOPT_CUSTOMREQUEST => 'POST',
  CURLOPT_POSTFIELDS => $type === 'application/json' ? json_encode(json_decode($body)) : $body,
  CURLOPT_HTTPHEADER => ["$name: $value", "Content-Type: $type"],
]);
echo curl_exec($curl);`,
    command: ['php', '-r', 'SOURCE', '--'],
    formAt: FORM_AT,
  },
  {
    language: 'Ruby with Net::HTTP',
    probe: ['ruby', '-rnet/http', '-rjson', '-e', ''],
    source: `
require 'json'
require 'net/http'
address, name, value, type, body = ARGV
url = URI(address)
request = Net::HTTP::Post.new(url)
request[name] = value
request['Content-Type'] = type
request.body = type == 'application/json' ? JSON.dump(JSON.parse(body)) : body
puts Net::HTTP.new(url.host, url.port).request(request).read_body`,
    command: ['ruby', '-e', 'SOURCE'],
    formAt: ['delete'],
  },
  {
    language: 'Java with HttpURLConnection',
    probe: ['javac', '-version'],
    file: 'Connection.java',
    source: `
import java.net.*;
import static java.nio.charset.StandardCharsets.UTF_8;
public class Connection {
  public static void main(String[] args) throws Exception {
    var connection = (HttpURLConnection) new URL(args[0]).openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty(args[1], args[2]);
    connection.setRequestProperty("Content-Type", args[3]);
    try (var out = connection.getOutputStream()) { out.write(args[4].getBytes(UTF_8)); }
    try (var in = connection.getInputStream()) { System.out.println(new String(in.readAllBytes(), UTF_8)); }
  }
}`,
    command: ['java', 'FILE'],
    formAt: FORM_AT,
  },
  {
    language: 'Java with HttpClient',
    probe: ['javac', '-version'],
    file: 'Client.java',
    source: `
import java.net.URI;
import java.net.http.*;
public class Client {
  public static void main(String[] args) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(args[0])).header(args[1], args[2])
        .header("Content-Type", args[3]).POST(HttpRequest.BodyPublishers.ofString(args[4])).build();
    System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}`,
    command: ['java', 'FILE'],
    formAt: FORM_AT,
  },
  {
    language: 'Go',
    probe: ['go', 'version'],
    file: 'client.go',
    source: `
package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
)

func main() {
	request, err := http.NewRequest("POST", os.Args[1], bytes.NewBufferString(os.Args[5]))
	if err != nil {
		panic(err)
	}
	request.Header.Set(os.Args[2], os.Args[3])
	request.Header.Set("Content-Type", os.Args[4])
	response, err := (&http.Client{}).Do(request)
	if err != nil {
		panic(err)
	}
	io.Copy(os.Stdout, response.Body)
}`,
    command: ['go', 'run', 'FILE'],
    formAt: FORM_AT,
  },
];
